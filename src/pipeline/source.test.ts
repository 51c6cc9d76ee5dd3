import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { host } from "../core/index.js";
import { sleep, type Source, withTaskGroup } from "../task/index.js";
import { Queue } from "../queue/index.js";
import { VirtualHost } from "../testing/index.js";
import { forEachConcurrent, mapConcurrent, pipeline } from "./index.js";

const ITEMS = [0, 1, 2, 3, 4];

async function* generated(): AsyncGenerator<number> {
  for (const n of ITEMS) {
    await new Promise<void>((resolve) => host.soon(resolve));
    yield n;
  }
}

function queued(): Queue<number> {
  const queue = new Queue<number>({ capacity: 9 });
  for (const n of ITEMS) queue.tryPut(n);
  queue.close();
  return queue;
}

const webStream = (): ReadableStream<number> =>
  new ReadableStream({
    start(controller) {
      for (const n of ITEMS) controller.enqueue(n);
      controller.close();
    },
  });

const KINDS: [string, () => Source<number>][] = [
  ["an array", () => ITEMS],
  ["a set", () => new Set(ITEMS)],
  ["a generator", () => ITEMS.values()],
  ["a typed array", () => Uint8Array.from(ITEMS)],
  ["an async generator", generated],
  ["a Web stream", webStream],
  ["a Node stream", () => Readable.from(ITEMS)],
  ["a queue", queued],
  ["the results of a map", () => mapConcurrent(ITEMS, (n) => n, { limit: 2 })],
  ["a pipeline", () => pipeline(ITEMS).filter((n) => n < 9)],
];

test.each(KINDS)("%s can be a source: each item comes once, in order", async (_, open) => {
  const double = (n: number): number => 2 * n;
  const doubled = ITEMS.map(double);
  for (const limit of [1, 3, Infinity]) {
    expect(await mapConcurrent(open(), double, { limit }).toArray()).toEqual(doubled);
    const read: number[] = [];
    for await (const n of mapConcurrent(open(), double, { limit })) read.push(n);
    expect(read).toEqual(doubled);
    expect(await pipeline(open()).map(double, { limit }).collect()).toEqual(doubled);
  }
  expect((await pipeline(open()).batch(2).collect()).flat()).toEqual(ITEMS);
});

test("next() is never called while it runs, nor after the end", async () => {
  await new VirtualHost().run(async () => {
    for (const limit of [1, 4, Infinity]) {
      let pulling = false;
      let ended = false;
      let n = 0;
      const source: AsyncIterable<number> = {
        [Symbol.asyncIterator]: () => ({
          async next() {
            expect([pulling, ended]).toEqual([false, false]);
            pulling = true;
            await sleep(n % 3);
            pulling = false;
            n += 1;
            ended = n > 30;
            return ended ? { done: true, value: undefined } : { done: false, value: n };
          },
        }),
      };
      const results = await mapConcurrent(source, (n) => sleep(7 - (n % 7)).then(() => n), {
        limit,
      }).toArray();
      expect(results).toHaveLength(30);
    }
  });
});

test("calls run while the source is slow, and the source is pulled while calls are slow", async () => {
  const virtual = new VirtualHost();
  await virtual.run(() =>
    forEachConcurrent(
      {
        async *[Symbol.asyncIterator]() {
          for (let n = 0; n < 4; n += 1) {
            await sleep(10);
            yield n;
          }
        },
      },
      () => sleep(15),
      { limit: 3 },
    ),
  );
  expect(virtual.nowMs()).toBe(55);
});

test("items that arrive at once run at once", async () => {
  const queue = new Queue<number>({ capacity: 9 });
  const virtual = new VirtualHost();
  await virtual.run(() =>
    withTaskGroup(async (group) => {
      group.spawn((scope) =>
        forEachConcurrent(queue, () => sleep(10), { signal: scope.signal, limit: 3 }),
      );
      await sleep(5);
      for (const n of [1, 2, 3]) queue.tryPut(n);
      queue.close();
    }),
  );
  expect(virtual.nowMs()).toBe(15);
});

test("promises in a synchronous source are given as they are, not awaited", async () => {
  const promises = [Promise.resolve(1), Promise.resolve(2)];
  const seen = await mapConcurrent(promises, (item) => item instanceof Promise, {
    limit: 1,
  }).toArray();
  expect(seen).toEqual([true, true]);
});

test("a source is opened once, and its items go round the loops of one run", async () => {
  let opened = 0;
  const source = {
    *[Symbol.iterator](): Generator<number> {
      opened += 1;
      yield* ITEMS;
    },
  };
  await forEachConcurrent(source, () => Promise.resolve(), { limit: 3 });
  expect(opened).toBe(1);
});
