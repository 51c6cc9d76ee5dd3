import { mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, type Plugin } from "esbuild";

const root = join(import.meta.dirname, "../..");
const cache = join(root, ".cache/interleavings");

/** A change to a source of the primitives that makes a bug. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

const STAND_INS: Readonly<Record<string, string>> = {
  "src/shared/memory.ts": "simulated-memory.ts",
  "src/core/host.ts": "simulated-host.ts",
};

/** The primitives as they are, but on simulated memory; with a bug, if a mutant is given. */
export async function bundle(mutant?: Mutant): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const outfile = join(cache, `${(mutant?.name ?? "as-it-is").replaceAll(/\W+/g, "-")}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, "simulated-thread.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    plugins: [standIn(), sources(mutant)],
  });
  return outfile;
}

function standIn(): Plugin {
  return {
    name: "stand-in",
    setup(build) {
      build.onResolve({ filter: /\/(memory|host)\.js$/ }, ({ path, resolveDir }) => {
        const source = join(resolveDir, path.replace(/\.js$/, ".ts"));
        const other = STAND_INS[source.slice(root.length + 1)];
        return other === undefined ? undefined : { path: join(import.meta.dirname, other) };
      });
    },
  };
}

/** These change how long a run is, and no more: looks before a thread falls asleep, places for threads. */
const SMALLER: readonly (readonly [RegExp, string])[] = [
  [/^const LOOKS = \d+;$/m, "const LOOKS = 1;"],
  [/\binAll: [\d_]+/, "inAll: 1"],
  [/^const PLACES = \d+;$/m, "const PLACES = 4;"],
];

function sources(mutant: Mutant | undefined): Plugin {
  return {
    name: "sources",
    setup(build) {
      build.onLoad({ filter: /src\/shared\/[\w-]+\.ts$/ }, ({ path }) => {
        const source = readFileSync(path, "utf8");
        const mutated = basename(path) === mutant?.file ? mutate(source, mutant) : source;
        const contents = SMALLER.reduce((text, [find, put]) => text.replace(find, put), mutated);
        return { contents, loader: "ts" };
      });
    },
  };
}

function mutate(source: string, { name, file, find, put }: Mutant): string {
  const found = source.split(find).length - 1;
  if (found !== 1) throw new Error(`${name}: ${found} places in ${file} read ${find}`);
  return source.replace(find, () => put);
}
