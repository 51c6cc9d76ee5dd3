import { afterEach, expect, test } from "vitest";
import { parse } from "acorn";
import { withAwaitPoints } from "./await-points.js";
import { inlineMap, linesBy } from "./original-lines.js";
import { transformed } from "./transform.js";

const asIs = (line: number): number => line;

const AWAIT = Symbol.for("weftwork.await");
const EACH = Symbol.for("weftwork.each");
const globals = globalThis as Record<symbol, unknown>;

afterEach(() => {
  delete globals[AWAIT];
  delete globals[EACH];
});

async function resultOf(source: string): Promise<unknown> {
  const module = (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`
  )) as { result: unknown };
  return module.result;
}

/** Every way to write an await that could be misread, with how many there are. */
const WAYS: readonly (readonly [points: number, source: string])[] = [
  [1, `export const result = await 7;`],
  [3, `export const result = await (await (await 7));`],
  [3, `const f = async (x) => x + 1; export const result = await f(await f(await f(1)));`],
  [1, `export const result = await (1, 2);`],
  [1, `export const result = -await 3 + 1;`],
  [2, `const a = async () => ({ b: async () => 2 }); export const result = await (await a()).b();`],
  [2, "const f = async () => `a${await 1}b`; export const result = await f();"],
  [1, `export const result = (await import("data:text/javascript,export default 4")).default;`],
  [
    2,
    `const o = { async *[Symbol.asyncIterator]() { yield await 1; yield 2; } };
       let sum = 0; for await (const x of o) { sum += x; } export const result = sum;`,
  ],
  [
    1,
    `let sum = 0; for await (const x of [1, Promise.resolve(2)]) sum += x; export const result = sum;`,
  ],
  [
    1,
    `class A { static x; static { A.x = 1; } async m() { return await super.toString(); } }
       export const result = typeof (await_)(); function await_() { return new A().m; }`,
  ],
  [
    2,
    `const f = async () => { try { await Promise.reject(1); } catch (e) { return e; } };
       export const result = await f();`,
  ],
  [1, `const x = { y: null }; export const result = await x?.y;`],
  [2, `export const result = await [1, 2].map(async (x) => await x)[1];`],
  [
    1,
    `"use strict"; const s = "await no"; // await neither
       /* await */ export const result = s + /await/.source + (await "!");`,
  ],
  [1, `export const result = await null ?? 5;`],
];

test.each(WAYS)("with %i awaits it does the same: %s", async (points, source) => {
  const changed = withAwaitPoints(source, parse, asIs);
  const expected = await resultOf(source);
  expect(await resultOf(changed)).toEqual(expected);
  const heard: string[] = [];
  const hear = (value: unknown, at: string): unknown => {
    heard.push(at);
    return value;
  };
  globals[AWAIT] = hear;
  globals[EACH] = hear;
  const calls = changed
    .split("\n")
    .slice(0, -2)
    .join("\n")
    .match(/__weft(Await|Each)\(\(/g);
  expect(calls).toHaveLength(points);
  expect(await resultOf(`${changed}// again`)).toEqual(expected);
  expect(heard.length > 0 || source.includes("await_")).toBe(true);
  expect(heard.every((at) => /await.* :\d+$/.test(at))).toBe(true);
});

test("an await within an await has its own label", () => {
  expect(withAwaitPoints("await await 7", parse, asIs)).toMatch(
    /^await __weftAwait\(\(await __weftAwait\(\(7\), "await 7 :1"\)\), "await await 7 :1"\)\n/,
  );
});

test("every line stays where it was", () => {
  const source = ["#!/usr/bin/env node", "", "await f(", "  1,", "  await g(),", ");", "h();"];
  const changed = withAwaitPoints(source.join("\n"), parse, asIs).split("\n");
  expect(changed[0]).toBe(source[0]);
  expect(changed[2]).toBe("await __weftAwait((f(");
  expect(changed[4]).toBe('  await __weftAwait((g()), "await g() :5"),');
  expect(changed[6]).toBe("h();");
});

test("what has no await, or has its points, stays as it is", () => {
  for (const source of ["const x = 1;", "f('await');", "// await"])
    expect(withAwaitPoints(source, parse, asIs)).toBe(source);
  const once = withAwaitPoints("await 1;", parse, asIs);
  expect(withAwaitPoints(once, parse, asIs)).toBe(once);
});

test("a label tells the line that somebody wrote, where a compiler has left a map", () => {
  const map = { version: 3, sources: ["a.ts"], names: [], mappings: "AAUA" }; // line 1 was line 11
  const encoded = Buffer.from(JSON.stringify(map)).toString("base64");
  const source = `await 1;\n//# sourceMappingURL=data:application/json;base64,${encoded}\n`;
  const changed = withAwaitPoints(source, parse, linesBy(inlineMap(source)));
  expect(changed).toContain('"await 1 :11"');
  expect(changed).toContain(`\n//# sourceMappingURL=data:application/json;base64,${encoded}\n`);
});

test("modules of packages, and what is no JavaScript, are let through", () => {
  const module = { format: "module", source: "await 1;" } as const;
  expect(transformed("file:///a/b.js", module, parse).source).toContain("__weftAwait");
  expect(transformed("file:///a/node_modules/b/c.js", module, parse)).toBe(module);
  expect(transformed("node:fs", module, parse)).toBe(module);
  const json = { format: "json", source: '{ "await": 1 }' } as const;
  expect(transformed("file:///a/b.json", json, parse)).toBe(json);
});

test("a module that can't be read stays as it is, with a warning that names it", async () => {
  const warned = new Promise<Error>((resolve) => process.once("warning", resolve));
  const unreadable = { format: "module", source: "await @" } as const;
  expect(transformed("file:///a/b.js", unreadable, parse)).toBe(unreadable);
  expect((await warned).message).toContain("the awaits of file:///a/b.js are no steps");
});
