import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  bareImports,
  type Manifest,
  packageImports,
  pinnedDependencies,
} from "./house/dependencies.js";
import { readSources, type Sources } from "./house/sources.js";

const root = join(import.meta.dirname, "..");
const house = readSources(root);
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;

/** A small tree with one fault in it. */
const tree = (files: Record<string, string>): Sources => new Map(Object.entries(files));

describe("the library stands alone", () => {
  test("in its imports", () => expect(bareImports(house)).toEqual([]));
  test("in package.json", () => expect(pinnedDependencies(manifest)).toEqual([]));
  test("and only its command needs packages", () =>
    expect(packageImports(house, manifest)).toEqual([]));

  test.each([
    ["a package", 'import pLimit from "p-limit";'],
    ["a part of Node", 'import { once } from "node:events";'],
    ["a type of Node", 'import type { Readable } from "node:stream";'],
  ])("caught: %s", (_, source) => {
    expect(bareImports(tree({ "src/queue/a.ts": source }))).toHaveLength(1);
  });

  const needs: Manifest = { dependencies: { "csv-parse": "7.0.3" } };
  const csv = 'import { parse } from "csv-parse";';
  test.each([
    ["a package of the library", { "src/executor/a.ts": csv, "src/cli/a.ts": csv }],
    [
      "one that is loaded late",
      { "src/executor/a.ts": 'await import("ms");', "src/cli/a.ts": csv },
    ],
    ["one that is no dependency", { "src/cli/a.ts": `${csv} import "ms/deep.js";` }],
    [
      "a peer outside of its folder",
      { "src/testing/a.ts": 'await import("acorn");', "src/cli/a.ts": csv },
    ],
    ["a dependency that nothing needs", { "src/cli/a.ts": 'import "node:fs";' }],
  ])("caught: %s", (_, files) =>
    expect(packageImports(tree(files as Record<string, string>), needs)).toHaveLength(1),
  );

  test("let through: a package of the command, a type of a peer, and a peer in its folder", () => {
    const files = {
      "src/cli/a.ts": csv,
      "src/executor/a.ts": 'import type { B } from "esbuild";',
      "src/testing/register/a.ts": 'await import("acorn");',
    };
    expect(packageImports(tree(files), needs)).toEqual([]);
  });

  test.each<[string, Manifest]>([
    ["a dependency of any version", { dependencies: { ms: "^1.0.0" } }],
    ["a peer that everybody would have to install", { peerDependencies: { bullmq: "6" } }],
    ["a tool of any version", { devDependencies: { vitest: "^4.0.0" } }],
  ])("caught: %s", (_, planted) => expect(pinnedDependencies(planted)).toHaveLength(1));
});
