import { expect, test } from "vitest";
import { forEachConcurrent, mapConcurrent, pipeline } from "./index.js";

const any = (value: unknown): never => value as never;
const fn = (n: number): number => n;
const one = { limit: 1 };
async function* generator(): AsyncGenerator<number> {
  yield 1;
}

const CALLS: [string, () => unknown, ErrorConstructor, string][] = [
  ["a string as the source", () => mapConcurrent("abc", any(fn), one), TypeError, '"abc"'],
  ["a number as the source", () => forEachConcurrent(any(5), fn, one), TypeError, "got 5"],
  ["no source", () => mapConcurrent(any(undefined), fn, one), TypeError, "got undefined"],
  ["an object as the source", () => pipeline(any({})), TypeError, "got [object Object]"],
  ["a function as the source", () => pipeline(any(generator)), TypeError, "source must be"],
  ["a string for a pipeline", () => pipeline("abc"), TypeError, '"abc"'],
  [
    "no function",
    () => mapConcurrent([1], any(null), one),
    TypeError,
    "fn must be a function, got null",
  ],
  ["no function for each", () => forEachConcurrent([1], any("f"), one), TypeError, 'got "f"'],
  ["a generator as fn", () => mapConcurrent([1], any(generator), one), TypeError, "flatMap"],
  ["a generator for each", () => forEachConcurrent([1], any(generator), one), TypeError, "flatMap"],
  ["limit 0", () => mapConcurrent([1], fn, { limit: 0 }), RangeError, "got 0"],
  ["limit -1", () => forEachConcurrent([1], fn, { limit: -1 }), RangeError, "got -1"],
  ["limit 1.5", () => mapConcurrent([1], fn, { limit: 1.5 }), RangeError, "got 1.5"],
  ["limit NaN", () => mapConcurrent([1], fn, { limit: NaN }), RangeError, "got NaN"],
  ["a limit of text", () => mapConcurrent([1], fn, { limit: any("2") }), TypeError, 'got "2"'],
  ["no limit", () => mapConcurrent([1], fn, any({})), TypeError, "limit must be"],
  ["no options", () => mapConcurrent([1], fn, any(undefined)), TypeError, "limit must be"],
  [
    "a wrong onError",
    () => mapConcurrent([1], fn, { limit: 1, onError: any("skip") }),
    TypeError,
    '"skip"',
  ],
  ["no executor", () => mapConcurrent([1], fn, { limit: 1, on: any({}) }), TypeError, "on.submit"],
  [
    "null as the executor",
    () => mapConcurrent([1], fn, { limit: 1, on: any(null) }),
    TypeError,
    "submit",
  ],
  ["no signal", () => mapConcurrent([1], fn, { limit: 1, signal: any("stop") }), TypeError, "stop"],
  [
    "a bare signal",
    () => pipeline([1], any(new AbortController().signal)),
    TypeError,
    "{ signal }",
  ],
  ["map: no function", () => pipeline([1]).map(any(1)), TypeError, "got 1"],
  ["map: a generator", () => pipeline([1]).map(any(generator)), TypeError, "flatMap"],
  ["map: limit 0", () => pipeline([1]).map(fn, { limit: 0 }), RangeError, "got 0"],
  ["map: no executor", () => pipeline([1]).map(fn, { on: any(5) }), TypeError, "on.submit"],
  ["filter: no function", () => pipeline([1]).filter(any({})), TypeError, "got [object Object]"],
  ["filter: a generator", () => pipeline([1]).filter(any(generator)), TypeError, "flatMap"],
  ["filter: limit -1", () => pipeline([1]).filter(any(fn), { limit: -1 }), RangeError, "got -1"],
  ["tap: no function", () => pipeline([1]).tap(any(undefined)), TypeError, "got undefined"],
  ["tap: a generator", () => pipeline([1]).tap(generator), TypeError, "flatMap"],
  [
    "flatMap: no function",
    () => pipeline([1]).flatMap(any([])),
    TypeError,
    "fn must be a function",
  ],
  ["batch: size 0", () => pipeline([1]).batch(0), RangeError, "got 0"],
  ["batch: size Infinity", () => pipeline([1]).batch(Infinity), RangeError, "got Infinity"],
  ["batch: a size of text", () => pipeline([1]).batch(any("3")), TypeError, 'got "3"'],
  ["batch: maxWaitMs NaN", () => pipeline([1]).batch(1, { maxWaitMs: NaN }), RangeError, "got NaN"],
  [
    "batch: a time of text",
    () => pipeline([1]).batch(1, { maxWaitMs: any("1s") }),
    TypeError,
    '"1s"',
  ],
  ["forEach: no function", () => pipeline([1]).forEach(any(null)), TypeError, "got null"],
  ["forEach: a generator", () => pipeline([1]).forEach(generator), TypeError, "flatMap"],
  ["forEach: limit 0", () => pipeline([1]).forEach(fn, { limit: 0 }), RangeError, "got 0"],
  ["pipeTo: nothing", () => pipeline([1]).pipeTo(any(undefined)), TypeError, "got undefined"],
  ["pipeTo: an array", () => pipeline([1]).pipeTo(any([])), TypeError, "destination must be"],
  [
    "pipeTo: a stream to read",
    () => pipeline([1]).pipeTo(any(new ReadableStream())),
    TypeError,
    "ReadableStream",
  ],
];

test.each(CALLS)("throws at the call, with the value: %s", (_, call, kind, message) => {
  expect(call).toThrow(kind);
  expect(call).toThrow(message);
});

test("a destination that is locked is refused at the call", () => {
  const destination = new WritableStream<number>();
  destination.getWriter();
  expect(() => pipeline([1]).pipeTo(destination)).toThrow(TypeError);
});

test("a flatMap that gives no source fails with a TypeError that shows what it gave", async () => {
  for (const [given, shown] of [
    [5, "5"],
    ["abc", '"abc"'],
    [undefined, "undefined"],
  ]) {
    const run = pipeline([1])
      .flatMap(() => any(given))
      .collect();
    await expect(run).rejects.toMatchObject({ cause: { name: "TypeError" } });
    await expect(run).rejects.toThrow(`got ${shown}`);
  }
});
