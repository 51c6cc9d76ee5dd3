import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Example } from "./example.js";
import { implicitImports, type Exports } from "./implicit-imports.js";

const root = join(import.meta.dirname, "../..");
const tsc = join(root, "node_modules/typescript/bin/tsc");

export interface Compiled {
  readonly example: Example;
  /** The program to run. */
  readonly file: string;
  /** What the compiler has against it, each with the line in the documentation. */
  readonly errors: readonly string[];
}

/**
 * Type-checks and emits all examples in one run of the compiler. They live inside the package, so
 * that `weftwork` is the package itself by its own `exports`: what a user would get.
 */
export function compile(
  folder: string,
  examples: readonly Example[],
  exports: Exports,
): Compiled[] {
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder, "src"), { recursive: true });
  const named = examples.map(
    (example) => [`${example.place.replace(/\W+/g, "-")}.ts`, example] as const,
  );
  for (const [name, example] of named)
    writeFileSync(join(root, folder, "src", name), programOf(example, exports));
  const config = {
    extends: relative(join(root, folder), join(root, "tsconfig.json")),
    compilerOptions: { ...EMIT, rootDir: "src", outDir: "out" },
    files: named.map(([name]) => `src/${name}`),
    include: [],
  };
  writeFileSync(join(root, folder, "tsconfig.json"), JSON.stringify(config));
  const errors = typeCheck(join(root, folder));
  return named.map(([name, example]) => ({
    example,
    file: join(root, folder, "out", name.replace(/ts$/, "js")),
    errors: (errors.get(`src/${name}`) ?? []).map(
      ({ line, message }) => `${example.path}:${example.line + line - 1}: ${message}`,
    ),
  }));
}

const EMIT = { noEmit: false, declaration: false, isolatedDeclarations: false, sourceMap: true };

/** Imports are hoisted, so what we add goes to the end: line numbers stay those of the example. */
function programOf(example: Example, exports: Exports): string {
  const implicit = example.path.startsWith("src/") ? implicitImports(example.code, exports) : "";
  return `${example.code}\n${implicit}\nexport {};\n`;
}

function typeCheck(folder: string): Map<string, { line: number; message: string }[]> {
  const options = { cwd: folder, encoding: "utf8" } as const;
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", ".", "--pretty", "false"], options);
  const errors = new Map<string, { line: number; message: string }[]>();
  for (const text of stdout.split("\n").filter((line) => line !== "" && !line.startsWith(" "))) {
    const found = /^(.+?)\((\d+),\d+\): (.*)$/.exec(text);
    if (found === null) throw new Error(`the compiler could not check the examples: ${stdout}`);
    const [, file = "", line = "", message = ""] = found;
    errors.set(file, [...(errors.get(file) ?? []), { line: Number(line), message }]);
  }
  return errors;
}
