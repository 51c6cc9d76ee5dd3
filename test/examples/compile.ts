import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Example } from "./example.js";
import { implicitImports, type Exports } from "./implicit-imports.js";

const root = join(import.meta.dirname, "../..");
const tsc = join(root, "node_modules/typescript/bin/tsc");

export interface Compiled {
  readonly example: Example;
  /** The program to run, with what runs it if Node alone does not. */
  readonly command: readonly string[];
  /** What the compiler has against it, each with the line in the documentation. */
  readonly errors: readonly string[];
}

/**
 * Type-checks all examples in one run of the compiler. They live inside the package, so that `weftwork`
 * is the package itself by its own `exports`: what a user would get. Pieces of a page or a comment are
 * emitted; files are run as they are, because workers load the task modules beside them.
 */
export function compile(
  folder: string,
  examples: readonly Example[],
  exports: Exports,
): Compiled[] {
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder, "src"), { recursive: true });
  const sources = new Map(examples.map((example) => [example, sourceOf(example, folder)]));
  for (const [example, source] of sources) {
    if (!isFile(example)) writeFileSync(join(root, source), programOf(example, exports));
  }
  const config = {
    extends: relative(join(root, folder), join(root, "examples/tsconfig.json")),
    compilerOptions: { ...EMIT, rootDir: root, outDir: "out" },
    files: [...sources.values()].map((source) => join(root, source)),
    include: [],
  };
  writeFileSync(join(root, folder, "tsconfig.json"), JSON.stringify(config));
  const errors = typeCheck(join(root, folder));
  const own = new Set([...sources.values()].map((source) => relative(folder, source)));
  const elsewhere = [...errors].find(([file]) => !own.has(file)); // a task module
  if (elsewhere !== undefined) throw new Error(`${elsewhere[0]}: ${elsewhere[1][0]?.message}`);
  return [...sources].map(([example, source]) => ({
    example,
    command: isFile(example)
      ? [runTypeScript, join(root, source)]
      : [join(root, folder, "out", source.replace(/ts$/, "js"))],
    errors: (errors.get(relative(folder, source)) ?? []).map(
      ({ line, message }) => `${example.path}:${example.line + line - 1}: ${message}`,
    ),
  }));
}

const runTypeScript = join(root, "test/examples/run-typescript.js");

function isFile(example: Example): boolean {
  return example.path.startsWith("examples/");
}

/** Where the compiler finds an example, from the root. */
function sourceOf(example: Example, folder: string): string {
  if (isFile(example)) return example.path;
  return `${folder}/src/${example.place.replace(/\W+/g, "-")}.ts`;
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
