import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import type { AnyTask } from "./define-tasks.js";
import { compileTask, explainOutside, sourceOf } from "./function-source.js";

const scope = { report() {} } as never;

/** Sends the text of a function, and calls what was made of it. */
function sent(task: unknown, input: unknown): unknown {
  const source = sourceOf(task as AnyTask);
  return compileTask(source, (task as AnyTask).name)(input, scope);
}

/** A function whose text is exactly this, before any tool of ours has touched it. */
function written(text: string): AnyTask {
  return runInNewContext(text) as AnyTask;
}

test.each<[string, string]>([
  ["an arrow", "(n) => n + 1"],
  ["an arrow without brackets", "n => n + 1"],
  ["an arrow with a body", "(n) => { return n + 1; }"],
  ["an arrow with a default", "(n = 0) => n + 1"],
  ["an arrow that ends with a comment", "(n) => n + 1 // one more"],
  ["a function", "(function add(n) { return n + 1; })"],
  ["a function without a name", "(function (n) { return n + 1; })"],
  ["a method", "({ add(n) { return n + 1; } }).add"],
  [
    "a method with a name that is a word of the language",
    "({ delete(n) { return n + 1; } }).delete",
  ],
  ["a method with a computed name", "({ ['a' + 'b'](n) { return n + 1; } }).ab"],
  ["a static method", "(class { static add(n) { return n + 1; } }).add"],
  ["a method whose name begins with class", "({ classify(n) { return n + 1; } }).classify"],
  ["a function whose name begins with async", "(function asyncAdd(n) { return n + 1; })"],
])("%s runs from its text", (_, text) => {
  expect(sent(written(text), 41)).toBe(42);
});

test.each<[string, string]>([
  ["an async arrow", "async (n) => n + 1"],
  ["an async function", "(async function (n) { return n + 1; })"],
  ["an async method", "({ async add(n) { return n + 1; } }).add"],
])("%s runs from its text", async (_, text) => {
  await expect(sent(written(text), 41)).resolves.toBe(42);
});

test.each<[string, string]>([
  ["an async generator", "(async function* (n) { yield n; yield n + 1; })"],
  ["an async generator method", "({ async *count(n) { yield n; yield n + 1; } }).count"],
])("%s runs from its text", async (_, text) => {
  const items: unknown[] = [];
  for await (const item of sent(written(text), 1) as AsyncIterable<number>) items.push(item);
  expect(items).toEqual([1, 2]);
});

test("import() works in a function that was sent by its text", async () => {
  const task = written('async (path) => (await import("node:path")).basename(path)');
  await expect(sent(task, "/a/b.txt")).resolves.toBe("b.txt");
});

test("import() works with a space in it", async () => {
  const task = written('async (path) => (await import ("node:path")).basename(path)');
  await expect(sent(task, "/a/b.txt")).resolves.toBe("b.txt");
});

test("import() works also as a test runner writes it", async () => {
  const text = 'async (path) => (await __vite_ssr_dynamic_import__("node:path")).basename(path)';
  await expect(sent(written(text), "/a/b.txt")).resolves.toBe("b.txt");
});

test("a function that was sent is strict, as a module is", () => {
  const task = written("(function () { return this === undefined; })");
  expect(sent(task, 0)).toBe(true);
});

test.each<[string, unknown, string]>([
  ["native", Math.max, '"max" is native or bound'],
  [
    "bound",
    written("(function add(n) { return n; })").bind(null),
    '"bound add" is native or bound',
  ],
  ["a class", class Account extends Error {}, '"Account" is a class'],
])("what is %s has no text to send, and the error names the way out", (_, task, words) => {
  const send = (): unknown => sourceOf(task as AnyTask);
  expect(send).toThrow(expect.objectContaining({ code: "NOT_SELF_CONTAINED" }));
  expect(send).toThrow(words);
  expect(send).toThrow("defineTasks(import.meta.url");
});

test("what compilers and coverage tools put into a function does not break it", () => {
  const named = '(n) => { const add = __name((m) => m + 1, "add"); return __name(add, "x")(n); }';
  expect(sent(written(named), 41)).toBe(42);
  const counted = `(n) => {
    cov_1k2j3().f[0]++;
    cov_1k2j3().s[1]++;
    cov_1k2j3().b[0][1]++;
    return (cov_1k2j3().s[2]++, n + 1);
  }`;
  expect(sent(written(counted), 41)).toBe(42);
});

test("a variable from outside is named, with the way to bring it in", () => {
  const source = "(n) => n + rate";
  let failure: unknown;
  try {
    compileTask(source, "price")(1, scope);
  } catch (error) {
    failure = error;
  }
  const explained = explainOutside(failure, "price", source) as Error;
  expect(explained).toMatchObject({ code: "NOT_SELF_CONTAINED", cause: failure });
  expect(explained.message).toMatch(/"price" uses "rate".*defineTasks/);
});

test("of a name that a compiler made the error says so: it stands in no source", () => {
  const error = new ReferenceError("__spread is not defined");
  const explained = explainOutside(error, "price", "(n) => __spread(n)") as Error;
  expect(explained.message).toMatch(/uses "__spread" \(a compiler put it there\).*defineTasks/);
});

test.each(["_usingCtx2()", "(0, _usingCtx2.default)()", "(0,__vite_ssr_import_2__.default)()"])(
  "where a compiler's helper is missing and a second error hides that, it is told all the same: %s",
  (helper) => {
    const source = `(n) => { try { var _usingCtx3 = ${helper}; const a = _usingCtx3.u(n); return a; }
      catch (_) { _usingCtx3.e = _; } finally { _usingCtx3.d(); } }`;
    let failure: unknown;
    try {
      compileTask(source, "price")(1, scope);
    } catch (error) {
      failure = error;
    }
    const name = /_\w+/.exec(helper)![0];
    const { message } = explainOutside(failure, "price", source) as Error;
    expect(message).toContain(`uses "${name}" (a compiler put it there)`);
  },
);

test("an error of the task's own is not explained away", () => {
  const source = "(n) => n + rate";
  for (const error of [
    new TypeError("rate is not defined"),
    new TypeError("Cannot read properties of undefined (reading 'd')"),
    new ReferenceError("elsewhere is not defined"),
    new ReferenceError("Cannot access 'rate' before initialization"),
    "rate is not defined",
  ])
    expect(explainOutside(error, "price", source)).toBe(error);
});
