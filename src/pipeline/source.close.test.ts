import { sleep, type Source } from "../task/index.js";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { Queue } from "../queue/index.js";
import { VirtualHost } from "../testing/index.js";
import { forEachConcurrent, mapConcurrent, pipeline } from "./index.js";

const BAD = new Error("bad");
const CLOSE = new Error("close failed");
const REASON = new Error("the reason");
const virtually = (main: () => Promise<void>): Promise<void> => new VirtualHost().run(main);
const failing = (): never => {
  throw BAD;
};

async function* endless(onClose: () => unknown): AsyncGenerator<number> {
  try {
    for (let n = 0; ; n += 1) yield n;
  } finally {
    await onClose();
  }
}

function* endlessly(onClose: () => unknown): Generator<number> {
  try {
    for (let n = 0; ; n += 1) yield n;
  } finally {
    onClose();
  }
}

/** Each way to end before the source does. */
const ENDINGS: [string, (source: Source<number>) => Promise<unknown>][] = [
  ["a failing map", (source) => mapConcurrent(source, failing, { limit: 2 }).toArray()],
  ["a failing forEach", (source) => forEachConcurrent(source, failing, { limit: 2 })],
  ["a failing flatMap", (source) => pipeline(source).flatMap(failing).collect()],
  ["a step after a batch that fails", (source) => pipeline(source).batch(2).forEach(failing)],
  [
    "a map that is left",
    async (source) => {
      for await (const _ of mapConcurrent(source, (n) => n, { limit: 2 })) break;
    },
  ],
  [
    "a batch that is left",
    async (source) => {
      for await (const _ of pipeline(source).batch(2)) break;
    },
  ],
  [
    "a flatMap that is left",
    async (source) => {
      for await (const _ of pipeline(source).flatMap((n) => [n, n])) break;
    },
  ],
];

test.each(ENDINGS)("%s closes the source, and waits until it is closed", async (_, end) => {
  await virtually(async () => {
    let closed = 0;
    const onClose = (): Promise<unknown> => sleep(10).then(() => (closed += 1));
    await end(endless(onClose)).catch(() => {});
    expect(closed).toBe(1);
    await end(endlessly(() => (closed += 1))).catch(() => {});
    expect(closed).toBe(2);
  });
});

test.each(ENDINGS)(
  "%s tells of a source that can't be closed, after what came first",
  async (_, end) => {
    const onClose = (): never => {
      throw CLOSE;
    };
    for (const source of [endless(onClose), endlessly(onClose)]) {
      const error = await end(source).then(
        () => expect.fail("no failure"),
        (error: AggregateError) => error,
      );
      expect(error.errors).toEqual(error.errors[0] === BAD ? [BAD, CLOSE] : [CLOSE]);
    }
  },
);

test("a falsy error of return() is told of, and once", async () => {
  const onClose = () => Promise.reject(null);
  const run = forEachConcurrent(endless(onClose), failing, { limit: 1 });
  await expect(run).rejects.toMatchObject({ errors: [BAD, null], indices: [0, undefined] });
});

test("a source that rejects with the reason when it is closed or pulled was only cancelled", async () => {
  await virtually(async () => {
    const controller = new AbortController();
    const sources = [
      endless(() => sleep(1, controller)),
      (async function* () {
        yield 1;
        await sleep(Infinity, controller);
      })(),
    ];
    const runs = sources.map((source) =>
      expect(
        forEachConcurrent(source, (_, scope) => sleep(Infinity, scope), {
          signal: controller.signal,
          limit: 2,
        }),
      ).rejects.toBe(REASON),
    );
    await sleep(1);
    controller.abort(REASON);
    await Promise.all(runs);
  });
});

test("a source that fails for real while it is cancelled is told of", async () => {
  await virtually(async () => {
    for (const ends of [
      (source: Source<number>, signal: AbortSignal) =>
        forEachConcurrent(source, () => {}, { signal, limit: 3 }),
      (source: Source<number>, signal: AbortSignal) =>
        pipeline(source, { signal }).batch(3).collect(),
    ]) {
      const controller = new AbortController();
      async function* source(): AsyncGenerator<number> {
        yield 1;
        await sleep(Infinity, controller).catch(() => {
          throw CLOSE;
        });
      }
      const outcome = ends(source(), controller.signal).catch((error: unknown) => error);
      await sleep(1);
      controller.abort(REASON);
      expect(await outcome).toMatchObject({ errors: [CLOSE] });
    }
  });
});

test("a queue that nobody closes does not hang a run that fails", async () => {
  await virtually(async () => {
    const queue = new Queue<number>({ capacity: 9 });
    queue.tryPut(1);
    const runs = [
      () => forEachConcurrent(queue, failing, { limit: 5 }),
      () => pipeline(queue).batch(2).forEach(failing),
      () =>
        pipeline(queue)
          .flatMap((n) => [n])
          .map(failing, { limit: 3 })
          .collect(),
    ];
    for (const run of runs) {
      const outcome = run().catch((error: unknown) => error);
      await sleep(1);
      queue.tryPut(2);
      queue.tryPut(3);
      expect(await outcome).toMatchObject({ errors: [BAD] });
    }
    expect(queue.stats().waiting).toBe(0);
  });
});

test("a Web stream is cancelled, also while a read is pending", async () => {
  for (const items of [[1, 2], []]) {
    const cancelled: unknown[] = [];
    const controller = new AbortController();
    const stream = new ReadableStream<number>({
      start(sink) {
        for (const n of items) sink.enqueue(n);
      },
      pull: () => controller.abort(REASON),
      cancel: () => void cancelled.push("cancelled"),
    });
    const run = forEachConcurrent(stream, () => {}, { signal: controller.signal, limit: 1 });
    await expect(run).rejects.toBe(REASON);
    expect(cancelled).toEqual(["cancelled"]);
  }
});

test("a Node stream is destroyed, also while it has nothing to read, and that is no error", async () => {
  const idle = new Readable({ objectMode: true, read() {} });
  const controller = new AbortController();
  const waiting = forEachConcurrent(idle, () => {}, { signal: controller.signal, limit: 2 });
  controller.abort(REASON);
  await expect(waiting).rejects.toBe(REASON);
  const busy = Readable.from([1, 2, 3]);
  await expect(forEachConcurrent(busy, failing, { limit: 1 })).rejects.toMatchObject({
    errors: [BAD],
  });
  const left = Readable.from([1, 2, 3]);
  for await (const _ of mapConcurrent(left, (n: number) => n, { limit: 1 })) break;
  expect([idle.destroyed, busy.destroyed, left.destroyed]).toEqual([true, true, true]);
});
