import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cycles } from "./house/cycles.js";
import type { Manifest } from "./house/dependencies.js";
import { exampleLength, fileLength } from "./house/file-length.js";
import { floors } from "./house/floors.js";
import { folderIndex } from "./house/folder-index.js";
import { oneDoor } from "./house/one-door.js";
import { readSources, type Sources } from "./house/sources.js";
import { frontDoor, subpaths } from "./house/subpaths.js";

const root = join(import.meta.dirname, "..");
const house = readSources(root);
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;

/** A small tree with one fault in it. */
const tree = (files: Record<string, string>): Sources => new Map(Object.entries(files));
const lines = (count: number): string => "export {};\n".repeat(count);

describe("imports only go down", () => {
  test("in this house", () => expect(floors(house)).toEqual([]));

  test.each([
    ["up", "src/core/a.ts", 'import { b } from "../task/b.js";'],
    ["sideways", "src/sync/a.ts", 'import { b } from "../queue/b.js";'],
    ["of a type", "src/sync/a.ts", 'import type { B } from "../queue/b.js";'],
    ["over several lines", "src/sync/a.ts", 'import {\n  b,\n  c,\n} from "../queue/b.js";'],
    ["by re-export", "src/task/a.ts", 'export { b } from "../pipeline/b.js";'],
    ["by export star", "src/task/a.ts", 'export * from "../pipeline/index.js";'],
    ["at run time", "src/task/a.ts", 'const b = await import("../pipeline/b.js");'],
    ["inside a type", "src/task/a.ts", 'let b: import("../pipeline/b.js").B;'],
    ["by the front door, too high", "src/index.ts", 'export * from "./testing/index.js";'],
    ["out of src", "src/task/a.ts", 'import { b } from "../../test/b.js";'],
    ["in a folder without a floor", "src/utils/a.ts", "export {};"],
  ])("caught: %s", (_, path, source) => {
    expect(floors(tree({ [path]: source }))).toHaveLength(1);
  });

  test.each([
    ["down", "src/pipeline/a.ts", 'import { b } from "../queue/b.js";'],
    ["at home", "src/sync/a.ts", 'import { b } from "./b.js";'],
    [
      "by a test to the virtual host",
      "src/sync/a.test.ts",
      'import { b } from "../testing/index.js";',
    ],
    ["only in a comment", "src/core/a.ts", '// import { b } from "../task/b.js";'],
    ["by the front door", "src/index.ts", 'export * from "./pipeline/index.js";'],
  ])("let through: %s", (_, path, source) => {
    expect(floors(tree({ [path]: source }))).toEqual([]);
  });
});

describe("no import cycles", () => {
  test("in this house", () => expect(cycles(house)).toEqual([]));

  test("caught: three files in a ring, one link a type", () => {
    const ring = tree({
      "src/core/a.ts": 'import { b } from "./b.js";',
      "src/core/b.ts": 'export * from "./c.js";',
      "src/core/c.ts": 'import type { A } from "./a.js";',
    });
    expect(cycles(ring)).toEqual([
      "import cycle: src/core/a.ts -> src/core/b.ts -> src/core/c.ts -> src/core/a.ts",
    ]);
  });

  test("let through: two ways to one file", () => {
    const diamond = tree({
      "src/core/a.ts": 'import "./b.js"; import "./c.js";',
      "src/core/b.ts": 'import "./d.js";',
      "src/core/c.ts": 'import "./d.js";',
      "src/core/d.ts": "export {};",
    });
    expect(cycles(diamond)).toEqual([]);
  });
});

describe("exports agree with the folders", () => {
  test("in this house", () => expect(subpaths(house, manifest)).toEqual([]));

  const core = tree({ "src/core/index.ts": "" });
  const door = { types: "./dist/index.d.ts", default: "./dist/index.js" };
  const coreDoor = { types: "./dist/core/index.d.ts", default: "./dist/core/index.js" };
  const own = "./package.json";
  test.each([
    ["a folder without a subpath", { ".": door, [own]: own }],
    [
      "a subpath without a folder",
      { ".": door, [own]: own, "./core": coreDoor, "./loop": coreDoor },
    ],
    ["a subpath to the wrong file", { ".": door, [own]: own, "./core": door }],
  ])("caught: %s", (_, exports) => expect(subpaths(core, { exports })).toHaveLength(1));

  test("the front door shows its folders", () => expect(frontDoor(house)).toEqual([]));

  test("caught: a folder that the front door forgot", () => {
    const forgetful = tree({ "src/index.ts": "export {};", "src/queue/index.ts": "export {};" });
    expect(frontDoor(forgetful)).toEqual(["src/index.ts: does not re-export src/queue/index.ts"]);
  });
});

describe("files stay small", () => {
  test("in this house", () => expect(fileLength(house)).toEqual([]));
  test("in the examples", () => expect(exampleLength(house)).toEqual([]));

  test.each([
    ["201 lines", lines(201)],
    ["an excuse that is no longer needed", `// Over 200 lines because it was.\n${lines(10)}`],
    ["an excuse without a reason", `// Over 200 lines because \n${lines(201)}`],
  ])("caught: %s", (_, source) =>
    expect(fileLength(tree({ "src/core/a.ts": source }))).toHaveLength(1),
  );

  test("caught: an example of 41 lines", () => {
    expect(exampleLength(tree({ "examples/a.ts": lines(41) }))).toHaveLength(1);
  });

  test("let through: a long file with a reason", () => {
    const source = `// Over 200 lines because it is one table.\n${lines(300)}`;
    expect(fileLength(tree({ "src/core/a.ts": source }))).toEqual([]);
  });
});

describe("clock, timers and chance have one door", () => {
  test("in this house", () => expect(oneDoor(house)).toEqual([]));

  test.each([
    ["Math.random()"],
    ["const { random } = Math;"],
    ['Math["random"]();'],
    ["Date.now()"],
    ["new Date()"],
    ["performance.now()"],
    ["globalThis.performance.now()"],
    ["setTimeout(run, 1)"],
    ["globalThis.setTimeout(run, 1)"],
    ["const { setInterval } = globalThis;"],
    ["const later = setImmediate;"],
    ["AbortSignal.timeout(5)"],
    ["process.hrtime.bigint()"],
    ['import { scheduler } from "node:timers/promises";'],
  ])("caught: %s", (source) => {
    expect(oneDoor(tree({ "src/task/a.test.ts": source })).length).toBeGreaterThan(0);
  });

  test.each([
    ["// setTimeout() is not for us"],
    ['const name = "setTimeout";'],
    ["host.setTimeout(run, 1);"],
    ["const host = { setTimeout: run };"],
    ["interface Host { setTimeout(run: () => void): void }"],
    ["let date: Date;"],
    ["Math.max(1, 2)"],
    ["queueMicrotask(run)"],
  ])("let through: %s", (source) => {
    expect(oneDoor(tree({ "src/task/a.ts": source }))).toEqual([]);
  });

  test("let through: the door itself", () => {
    expect(oneDoor(tree({ "src/core/host.ts": "Math.random()" }))).toEqual([]);
  });
});

describe("each folder says what it is for", () => {
  test("in this house", () => expect(folderIndex(house)).toEqual([]));

  test.each([
    ["no index", { "src/core/a.ts": "" }],
    ["an index that says nothing", { "src/core/index.ts": 'export * from "./a.js";' }],
    ["an empty comment", { "src/core/index.ts": "/** */\nexport {};" }],
  ])("caught: %s", (_, files) => expect(folderIndex(tree(files))).toHaveLength(1));
});
