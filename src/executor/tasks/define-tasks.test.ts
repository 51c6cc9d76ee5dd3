import { expect, test } from "vitest";
import { addressOf, defineTasks, taskAt } from "./define-tasks.js";

let modules = 0;

/** Where a module would be that nobody has defined tasks in yet. */
const fresh = (): string => `file:///tasks-${(modules += 1)}.js`;

async function* yieldFunction(): AsyncGenerator<() => number> {
  yield () => 1;
}

const double = (n: number): number => n * 2;

test("tasks stay the functions that they are, and are found by module and name", () => {
  const url = fresh();
  const own = { double, half: (n: number): number => n / 2 };
  const tasks = defineTasks(url, own);
  expect(tasks).toBe(own);
  expect(tasks.double(21)).toBe(42);
  expect(taskAt({ module: url, name: "half" })).toBe(own.half);
  expect(taskAt({ module: url, name: "other" })).toBeUndefined();
  expect(taskAt({ module: fresh(), name: "half" })).toBeUndefined();
  expect(addressOf(own.half)).toEqual({ module: url, name: "half" });
  expect(addressOf((n: number) => n)).toBeUndefined();
});

test("a module may define its tasks in several calls, and the same one twice", () => {
  const url = fresh();
  const first = (n: number): number => n;
  defineTasks(url, { first });
  defineTasks(url, { first, second: first });
  expect(taskAt({ module: url, name: "second" })).toBe(first);
  expect(addressOf(first)).toEqual({ module: url, name: "first" });
});

test("names that every object has are names like others", () => {
  const url = fresh();
  const task = (n: number): number => n;
  defineTasks(url, { constructor: task, ["__proto__"]: task });
  expect(taskAt({ module: url, name: "constructor" })).toBe(task);
  expect(taskAt({ module: url, name: "toString" })).toBeUndefined();
});

test("a name belongs to one function of a module", () => {
  const url = fresh();
  defineTasks(url, { double });
  const again = (): unknown => defineTasks(url, { double: (n: number): number => n + n });
  expect(again).toThrow(TypeError);
  expect(again).toThrow(/^tasks\.double must be a name .*, got "double"$/);
  expect(taskAt({ module: url, name: "double" })).toBe(double);
});

test.each<[string, unknown, unknown, string]>([
  ["no URL", "./tasks.js", { double }, 'moduleUrl must be import.meta.url, got "./tasks.js"'],
  ["nothing for a URL", undefined, { double }, "moduleUrl must be import.meta.url, got undefined"],
  ["no object", "file:///a.js", null, "tasks must be an object of functions, got null"],
  [
    "a function alone",
    "file:///a.js",
    double,
    "tasks must be an object of functions, got [object Function]",
  ],
  ["a value", "file:///a.js", { six: 6 }, "tasks.six must be a function, got 6"],
])("bad arguments throw at the call: %s", (_, url, tasks, message) => {
  expect(() => defineTasks(url as string, tasks as never)).toThrow(new TypeError(message));
});

test("a task whose result can't cross to another thread is a type error", () => {
  const url = fresh();
  defineTasks(url, {
    plain: (n: number) => ({ n, list: [n], map: new Map([[n, n]]), bytes: new Uint8Array(n) }),
    map: () => new Map([[1, "one"]]),
    set: () => new Set([1]),
    nothing: () => {},
    any: (): unknown => 1,
    later: async () => "text",
    async *many(n: number) {
      yield n;
    },
    fails: (): never => {
      throw new Error("fails");
    },
    either: (n: number): string | Error | undefined => (n > 0 ? "text" : undefined),
  });
  // @ts-expect-error: a function
  defineTasks(url, { gives: () => () => 1 });
  // @ts-expect-error: a function, later
  defineTasks(url, { givesLater: async () => () => 1 });
  // @ts-expect-error: an object with a function
  defineTasks(url, { givesObject: () => ({ n: 1, run: () => 1 }) });
  // @ts-expect-error: perhaps a function
  defineTasks(url, { givesPerhaps: (n: number) => (n > 0 ? n : () => n) });
  // @ts-expect-error: a symbol
  defineTasks(url, { givesSymbol: () => Symbol("s") });
  // @ts-expect-error: an object with a promise
  defineTasks(url, { givesPromise: () => ({ soon: Promise.resolve(1) }) });
  // @ts-expect-error: functions, one after the other
  defineTasks(url, { yieldFunction });
  expect(taskAt({ module: url, name: "plain" })).toBeDefined();
});
