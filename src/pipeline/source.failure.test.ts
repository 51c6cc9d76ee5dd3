import { Readable } from "node:stream";
import { expect, test } from "vitest";
import type { TaskGroupError } from "../core/index.js";
import { sleep, type Source } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { forEachConcurrent, mapConcurrent, pipeline } from "./index.js";

const BAD = new Error("bad source");
const fail = (): never => {
  throw BAD;
};

/** Runs a source in each way, and gives what each came to. */
function outcomes(open: () => Source<number>): Promise<PromiseSettledResult<unknown>[]> {
  const slow = (n: number): Promise<number> => sleep(n).then(() => n);
  const read = async (): Promise<void> => {
    for await (const _ of mapConcurrent(open(), slow, { limit: 2 }));
  };
  return Promise.allSettled([
    mapConcurrent(open(), slow, { limit: 2 }).toArray(),
    forEachConcurrent(open(), slow, { limit: 1 }),
    forEachConcurrent(open(), slow, { limit: 3, onError: "collect" }),
    read(),
    pipeline(open()).batch(2).collect(),
    pipeline(open())
      .flatMap((n) => [n])
      .forEach(slow),
    pipeline(open()).map(slow).map(slow, { limit: 2 }).collect(),
  ]);
}

const FAILING: [string, () => Source<number>][] = [
  ["has no iterator to give", () => ({ [Symbol.iterator]: fail })],
  ["has no async iterator to give", () => ({ [Symbol.asyncIterator]: fail })],
  ["throws at the first item", () => ({ [Symbol.iterator]: () => ({ next: fail }) })],
  [
    "throws after some items",
    function* () {
      yield* [1, 2, 3];
      fail();
    },
  ],
  [
    "rejects after some items",
    async function* () {
      yield* [1, 2, 3];
      fail();
    },
  ],
  [
    "throws from next() of an async iterator",
    () => ({ [Symbol.asyncIterator]: () => ({ next: fail }) }),
  ],
  ["is a Web stream that fails", () => new ReadableStream<number>({ pull: fail })],
  [
    "is a Node stream that is destroyed",
    () =>
      new Readable({
        objectMode: true,
        read() {
          this.destroy(BAD);
        },
      }),
  ],
];

test.each(FAILING)("a source that %s fails the run once, with no place", async (_, open) => {
  await new VirtualHost().run(async () => {
    for (const outcome of await outcomes(open)) {
      const { errors, indices } = (outcome as PromiseRejectedResult).reason as TaskGroupError;
      expect(errors).toEqual([BAD]);
      expect(indices ?? [undefined]).toEqual([undefined]);
    }
  });
});

test("a stream that somebody else reads is a failure of the run, not of the call", async () => {
  const locked = new ReadableStream();
  locked.getReader();
  const run = forEachConcurrent(locked, () => {}, { limit: 1 });
  await expect(run).rejects.toMatchObject({ code: "TASKS_FAILED" });
});

test("results before a failure of the source come first, and running calls are cancelled", async () => {
  await new VirtualHost().run(async () => {
    const seen: number[] = [];
    const cancelled: number[] = [];
    async function* source(): AsyncGenerator<number> {
      yield* [0, 1, 2];
      await sleep(5);
      throw BAD;
    }
    const read = async (): Promise<void> => {
      const slow = async (n: number, scope: { signal: AbortSignal }): Promise<number> => {
        if (n === 2)
          await sleep(Infinity, { signal: scope.signal }).finally(() => cancelled.push(n));
        return n;
      };
      for await (const n of mapConcurrent(source(), slow, { limit: 4 })) seen.push(n);
    };
    await expect(read()).rejects.toMatchObject({ errors: [BAD] });
    expect([seen, cancelled]).toEqual([[0, 1], [2]]);
  });
});

test("a source is not returned to once it has ended or failed", async () => {
  for (const last of [() => ({ done: true, value: undefined }) as const, fail]) {
    let returned = 0;
    const iterator = {
      next: last,
      return: () => ((returned += 1), { done: true as const, value: undefined }),
    };
    const asynchronous = { next: async () => last(), return: async () => iterator.return() };
    await forEachConcurrent({ [Symbol.iterator]: () => iterator }, () => {}, { limit: 1 }).catch(
      () => {},
    );
    await forEachConcurrent({ [Symbol.asyncIterator]: () => asynchronous }, () => {}, {
      limit: 1,
    }).catch(() => {});
    expect(returned).toBe(0);
  }
});
