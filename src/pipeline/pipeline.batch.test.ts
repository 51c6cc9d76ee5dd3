import { expect, test } from "vitest";
import { Queue } from "../queue/index.js";
import { now, sleep, withTaskGroup } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { pipeline } from "./index.js";

/** Items, each at its time. */
async function* at(times: number[]): AsyncGenerator<number> {
  for (const ms of times) {
    await sleep(ms - now());
    yield ms;
  }
}

const batched = async (times: number[], size: number, maxWaitMs?: number): Promise<string[]> => {
  const seen: string[] = [];
  const options = maxWaitMs === undefined ? {} : { maxWaitMs };
  await new VirtualHost().run(() =>
    pipeline(at(times))
      .batch(size, options)
      .forEach((batch) => void seen.push(`${now()}: ${batch.join(" ")}`)),
  );
  return seen;
};

test("without a time, a batch waits until it is full or the source ends", async () => {
  expect(await batched([0, 10, 5_000, 5_001, 9_000], 2)).toEqual([
    "10: 0 10",
    "5001: 5000 5001",
    "9000: 9000",
  ]);
});

test("a batch that is not full goes when its first item has waited maxWaitMs", async () => {
  expect(await batched([0, 10, 60, 200, 201, 202, 400], 3, 100)).toEqual([
    "60: 0 10 60",
    "202: 200 201 202",
    "400: 400",
  ]);
  expect(await batched([0, 10, 150, 160], 5, 100)).toEqual(["100: 0 10", "160: 150 160"]);
});

test("the time counts from the first item: an empty batch waits as long as it takes", async () => {
  expect(await batched([5_000, 5_150], 9, 100)).toEqual(["5100: 5000", "5150: 5150"]);
});

test("no item is lost or comes twice where time and item meet", async () => {
  expect(await batched([0, 100, 200, 300], 9, 100)).toEqual(["100: 0 100", "300: 200 300"]);
  for (let seed = 0; seed < 50; seed += 1) {
    const seen: number[] = [];
    await new VirtualHost({ seed }).run(() =>
      pipeline(at([0, 100, 200, 300]))
        .batch(9, { maxWaitMs: 100 })
        .forEach((batch) => void seen.push(...batch)),
    );
    expect(seen).toEqual([0, 100, 200, 300]);
  }
});

test("maxWaitMs 0 takes along only what is there at once", async () => {
  expect(await batched([0, 0, 0, 10], 9, 0)).toEqual(["0: 0 0 0", "10: 10"]);
});

test("when the source fails in the middle of a batch, the batch comes first and then the failure", async () => {
  const bad = new Error("bad");
  function* source(): Generator<number> {
    yield* [1, 2, 3];
    throw bad;
  }
  for (const steps of [pipeline(source()), pipeline(source()).map((n) => n, { limit: 3 })]) {
    const seen: number[][] = [];
    const run = steps.batch(2).forEach((batch) => void seen.push(batch));
    await expect(run).rejects.toMatchObject({ errors: [bad] });
    expect(seen).toEqual([[1, 2], [3]]);
  }
});

test("when the source fails after time completed a batch, the next step tells of it", async () => {
  await new VirtualHost().run(async () => {
    const bad = new Error("bad");
    async function* source(): AsyncGenerator<number> {
      yield 1;
      await sleep(50);
      throw bad;
    }
    const reader = pipeline(source()).batch(9, { maxWaitMs: 10 })[Symbol.asyncIterator]();
    expect(await reader.next()).toEqual({ done: false, value: [1] });
    await sleep(100);
    await expect(reader.next()).rejects.toMatchObject({ errors: [bad] });
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });
});

test("a cancel while a batch waits leaves neither a timer nor a wait behind", async () => {
  const virtual = new VirtualHost();
  const reason = new Error("enough");
  await virtual.run(async () => {
    const queue = new Queue<number>({ capacity: 9 });
    queue.tryPut(1);
    const controller = new AbortController();
    const run = pipeline(queue, controller).batch(5, { maxWaitMs: 1_000 }).collect();
    const outcome = run.catch((error: unknown) => error);
    await sleep(5);
    controller.abort(reason);
    expect(await outcome).toBe(reason);
    expect(queue.stats().waiting).toBe(0);
    await sleep(1);
  });
  expect(virtual.nowMs()).toBe(6);
  await expect(virtual.run(() => new Promise(() => {}))).rejects.toThrow("outside weftwork");
  expect(virtual.nowMs()).toBe(6);
});

test("a reader that left in the middle of a batch ends the wait for its items", async () => {
  await new VirtualHost().run(() =>
    withTaskGroup(async () => {
      const queue = new Queue<number>({ capacity: 9 });
      for (const n of [1, 2, 3]) queue.tryPut(n);
      const reader = pipeline(queue).batch(2)[Symbol.asyncIterator]();
      expect(await reader.next()).toEqual({ done: false, value: [1, 2] });
      const waiting = reader.next();
      await sleep(1);
      expect(await reader.return?.()).toEqual({ done: true, value: undefined });
      expect(await waiting).toEqual({ done: true, value: undefined });
      expect(queue.stats().waiting).toBe(0);
    }),
  );
});
