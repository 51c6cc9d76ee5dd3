import { expect, test } from "vitest";
import { freeName } from "./free-names.js";

test.each([
  ["n => n + 1"],
  ["function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }"],
  ["async ({ a, b: [c = 1, ...d] }, { signal }) => [a, c, d, signal]"],
  [
    "(text) => { const counts = {}; for (const c of text) counts[c] = (counts[c] ?? 0) + 1; return counts; }",
  ],
  ["(x) => { try { return JSON.parse(x); } catch (error) { return error.message; } }"],
  ["(x) => `${x.name} of ${Math.max(x.a, 1)}`"],
  ["(x) => /outside(\\d+)/.exec(x)?.[1]"],
  ["(x) => x === \"outside\" || x === 'it\\'s outside'"],
  ["(x) => { // outside\n return x; /* outside */ }"],
  ["(x) => ({ outside: x, method() { return this.outside; } })"],
  ["async function* all(n) { for (let i = 0; i < n; i += 1) yield i; }"],
  ["(x) => { var s = []; try { __using(s, x); return 1; } finally { __callDispose(s); } }"],
  ["(x) => { class Point { constructor(y) { this.y = y; } } return new Point(x).y; }"],
])("what uses nothing around it is free to go: %s", (source) => {
  expect(freeName(source)).toBeUndefined();
});

test.each([
  ["n => n + outside", "outside"],
  ["(x) => `${outside(x)}`", "outside"],
  ["(x) => { const y = outside; return x + y; }", "outside"],
  ["(x) => ({ a: outside })", "outside"],
  ["(x) => ({ ...outside, x })", "outside"],
  ["async (path) => (await readFile(path)).length", "readFile"],
  ["(x, y = outside) => x + y", "outside"],
])("what it takes from around it is named: %s", (source, name) => {
  expect(freeName(source)).toBe(name);
});
