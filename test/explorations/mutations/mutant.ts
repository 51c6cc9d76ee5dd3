import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type { Explorations } from "../primitives/explorations.js";
import type { Mutation } from "./mutation.js";

const ROOT = join(import.meta.dirname, "../../..");
const FOLDER = join(ROOT, ".cache/mutants");

let count = 0;

/** The explorations of a primitive, made of sources of which one has the fault. */
export async function mutant(primitive: string, mutation: Mutation): Promise<Explorations> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, "test/explorations/primitives/index.ts")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "es2022",
    logLevel: "silent",
    plugins: [putIn(mutation)],
  });
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${process.pid}-${(count += 1)}.mjs`);
  writeFileSync(file, outputFiles[0]!.contents);
  try {
    const { primitives } = (await import(pathToFileURL(file).href)) as {
      primitives: Readonly<Record<string, Explorations>>;
    };
    const explorations = primitives[primitive];
    if (explorations === undefined) throw new Error(`there are no explorations of ${primitive}`);
    return explorations;
  } finally {
    rmSync(file);
  }
}

function putIn({ file, from, to }: Mutation): Plugin {
  const path = join(ROOT, "src", file);
  return {
    name: "mutation",
    setup(build) {
      // A filter for this one file: each that is asked for takes a message there and back.
      const name = basename(file).replace(".", "\\.");
      build.onLoad({ filter: new RegExp(`/${name}$`) }, (args) => {
        if (args.path !== path) return undefined;
        const source = readFileSync(path, "utf8");
        if (source.split(from).length !== 2)
          throw new Error(`${file} has not once: ${from}; the mutation must be written anew`);
        return { contents: source.replace(from, () => to), loader: "ts" };
      });
    },
  };
}
