import { isDeepStrictEqual } from "node:util";
import type { Manifest } from "./dependencies.js";
import { FRONT_DOOR } from "./floors.js";
import { importsOf, resolveImport } from "./imports.js";
import type { Sources, Violations } from "./sources.js";

/** The folders that are a subpath of their own, each by its name. The others are in `weftwork`. */
const OWN_SUBPATH: Readonly<Record<string, string>> = {
  core: "./core",
  executor: "./executor",
  "executor/cluster": "./cluster",
  "executor/task-module": "./tasks",
  shared: "./shared",
  loop: "./loop",
  advisor: "./advisor",
  trace: "./trace",
  dashboard: "./dashboard",
  testing: "./testing",
  "testing/register": "./testing/register",
};

/** What `package.json` offers and what stands in `src` are the same, in both directions. */
export function subpaths(sources: Sources, manifest: Manifest): Violations {
  const expected: Record<string, unknown> = {
    ".": targetsOf("index"),
    "./package.json": "./package.json",
  };
  for (const [folder, subpath] of Object.entries(OWN_SUBPATH)) {
    if (sources.has(`src/${folder}/index.ts`)) expected[subpath] = targetsOf(`${folder}/index`);
  }
  const actual = manifest.exports ?? {};
  const violations: Violations = [];
  for (const subpath of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    if (isDeepStrictEqual(expected[subpath], actual[subpath])) continue;
    const wish = JSON.stringify(expected[subpath]) ?? "nothing, as no such folder exists";
    violations.push(`package.json: exports["${subpath}"] should be ${wish}`);
  }
  return violations;
}

function targetsOf(path: string): { types: string; default: string } {
  return { types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` };
}

/** `weftwork` re-exports each folder of the front door that exists. */
export function frontDoor(sources: Sources): Violations {
  const door = sources.get("src/index.ts");
  if (door === undefined) return ["src/index.ts: the front door is missing"];
  const shown = importsOf("src/index.ts", door).map((name) =>
    resolveImport("src/index.ts", name, sources),
  );
  return FRONT_DOOR.map((folder) => `src/${folder}/index.ts`)
    .filter((index) => sources.has(index) && !shown.includes(index))
    .map((index) => `src/index.ts: does not re-export ${index}`);
}
