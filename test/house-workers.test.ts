import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lightWorkers } from "./house/light-workers.js";
import { readSources, type Sources } from "./house/sources.js";

const main = "src/executor/thread/thread-main.ts";
const door = "src/executor/task-module/index.ts";
/** A small tree, in which two files are not for every worker. */
const tree = (files: Record<string, string>): Sources =>
  new Map(Object.entries({ "src/shared/index.ts": "", "src/shared/shared-lock.ts": "", ...files }));

describe("workers load what they need", () => {
  test("in this house", () =>
    expect(lightWorkers(readSources(join(import.meta.dirname, "..")))).toEqual([]));

  test.each<[string, Record<string, string>]>([
    ["at once", { [main]: 'import { a } from "../../shared/index.js";' }],
    [
      "by way of another file",
      {
        [main]: 'import { a } from "./a.js";',
        "src/executor/thread/a.ts": 'export * from "../../shared/shared-lock.js";',
      },
    ],
    ["of Node", { [main]: 'import { inspect } from "node:util";' }],
    ["by a module of tasks", { [door]: 'export { a } from "../pool/index.js";' }],
  ])("caught: %s", (_, files) => {
    expect(lightWorkers(tree(files))).toHaveLength(1);
  });

  test.each([
    ["a type", 'import { type A } from "../../shared/index.js";'],
    ["when it is needed", 'await import("../../shared/index.js");'],
  ])("let through: %s", (_, source) => {
    expect(lightWorkers(tree({ [main]: source }))).toEqual([]);
  });
});
