import { expect, test } from "vitest";
import { sleep } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { pipeline, type Pipeline } from "./index.js";

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

async function read<T>(items: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

async function each<T>(steps: Pipeline<T>): Promise<T[]> {
  const seen: T[] = [];
  await steps.forEach((item) => seen.push(item));
  return seen;
}

async function written<T>(steps: Pipeline<T>): Promise<T[]> {
  const seen: T[] = [];
  await steps.pipeTo(new WritableStream<T>({ write: (item) => void seen.push(item) }));
  return seen;
}

const ENDS = [(steps: Pipeline<unknown>) => steps.collect(), read, each, written];

const STEPS: [string, Pipeline<unknown>, unknown[]][] = [
  ["no step", pipeline([1, 2, 3]), [1, 2, 3]],
  ["a map", pipeline([1, 2, 3]).map((n) => n * 2, { limit: 2 }), [2, 4, 6]],
  ["a filter", pipeline(upTo(7)).filter(async (n) => n % 3 === 0, { limit: 3 }), [0, 3, 6]],
  ["a filter that drops all", pipeline(upTo(99)).filter(() => false, { limit: 4 }), []],
  ["a flatMap", pipeline([0, 1, 2, 3]).flatMap((n) => upTo(n)), [0, 0, 1, 0, 1, 2]],
  ["a flatMap to nothing", pipeline(upTo(9)).flatMap(() => []), []],
  ["a batch with a rest", pipeline(upTo(5)).batch(2), [[0, 1], [2, 3], [4]]],
  [
    "a batch without a rest",
    pipeline(upTo(4)).batch(2),
    [
      [0, 1],
      [2, 3],
    ],
  ],
  ["a batch of nothing", pipeline([]).batch(2), []],
  ["a tap", pipeline([1, 2]).tap(async () => "ignored", { limit: 2 }), [1, 2]],
  [
    "one step after the other",
    pipeline(upTo(10))
      .map(async (n) => n + 1, { limit: 3 })
      .filter((n) => n % 2 === 0)
      .flatMap((n) => [n, -n])
      .batch(3)
      .map(([first], { index }) => `${index}: ${first}`, { limit: 2 })
      .tap(() => {}),
    ["0: 2", "1: -4", "2: 8", "3: -10"],
  ],
];

test.each(STEPS)(
  "%s gives the same at each end, and anew each time",
  async (_, steps, expected) => {
    for (const end of ENDS) {
      expect(await end(steps)).toEqual(expected);
      expect(await end(steps)).toEqual(expected);
    }
  },
);

test("nothing runs before an end asks", async () => {
  const touched = (): never => expect.fail("touched");
  const source = { [Symbol.iterator]: touched };
  pipeline(source).map(touched).filter(touched).flatMap(touched).batch(2).tap(touched);
  await new VirtualHost().run(() => sleep(1));
});

test("a description can go on in two ways, and both run by themselves", async () => {
  const trunk = pipeline([1, 2, 3]).map((n) => n * 10, { limit: 2 });
  const [plus, minus] = await Promise.all([
    trunk.map((n) => n + 1).collect(),
    trunk.map((n) => n - 1).collect(),
  ]);
  expect([plus, minus]).toEqual([
    [11, 21, 31],
    [9, 19, 29],
  ]);
});

test("steps work at the same time: a chain takes as long as its slowest step", async () => {
  const virtual = new VirtualHost();
  const slow = (ms: number) => async (n: number) => sleep(ms).then(() => n);
  await virtual.run(() =>
    pipeline(upTo(100)).map(slow(10)).map(slow(30)).map(slow(20)).forEach(slow(5)),
  );
  expect(virtual.nowMs()).toBe(10 + 100 * 30 + 20 + 5);
});

test("each step keeps to its own limit, 1 if it has none, and keeps the order", async () => {
  const running = { map: 0, tap: 0, each: 0 };
  const most = { map: 0, tap: 0, each: 0 };
  const counted = (step: "map" | "tap" | "each") => async (n: number) => {
    running[step] += 1;
    most[step] = Math.max(most[step], running[step]);
    await sleep(((n * 7) % 5) * (step === "tap" ? 1 : 4));
    running[step] -= 1;
    return n;
  };
  await new VirtualHost().run(async () => {
    const seen: number[] = [];
    await pipeline(upTo(60))
      .map(counted("map"), { limit: 5 })
      .tap((n) => void seen.push(n))
      .tap(counted("tap"))
      .forEach(counted("each"), { limit: 3 });
    expect(seen).toEqual(upTo(60));
  });
  expect(most).toEqual({ map: 5, tap: 1, each: 3 });
});

test("ordered: false passes results on as they come", async () => {
  await new VirtualHost().run(async () => {
    const steps = pipeline([30, 10, 20]).map((ms) => sleep(ms).then(() => ms), {
      limit: 3,
      ordered: false,
    });
    expect(await steps.collect()).toEqual([10, 20, 30]);
    expect(await steps.map((ms) => ms).collect()).toEqual([10, 20, 30]);
  });
});

test("the results of one item come after those of the other, each from any kind of source", async () => {
  const kinds = [
    () => new Set(["a", "b"]),
    async function* () {
      yield "c";
      await Promise.resolve();
      yield "d";
    },
    async () => ["e"],
    () => new Response("f").body!.pipeThrough(new TextDecoderStream()),
    () => pipeline(["g", "h"]).map((letter) => letter),
  ];
  const letters = pipeline(kinds).flatMap<string>((open) => open());
  expect((await letters.collect()).join("")).toBe("abcdefgh");
});

test("an endless source is fine, and so is an endless result of one item", async () => {
  function* endless(from: number): Generator<number> {
    for (let n = from; ; n += 1) yield n;
  }
  const seen: number[] = [];
  for await (const n of pipeline(endless(1))
    .flatMap(endless)
    .map((n) => n, { limit: 3 })) {
    seen.push(n);
    if (n === 5) break;
  }
  expect(seen).toEqual([1, 2, 3, 4, 5]);
});

test("steps that overlap get one item each, in order, and then the end", async () => {
  for (const steps of [pipeline(upTo(4)).batch(1), pipeline(upTo(4)).flatMap((n) => [[n]])]) {
    const reader = steps[Symbol.asyncIterator]();
    const got = await Promise.all(Array.from({ length: 6 }, () => reader.next()));
    expect(got.map(({ value }) => value)).toEqual([[0], [1], [2], [3], undefined, undefined]);
  }
});
