import { expect, test } from "vitest";
import type { Scope } from "../core/index.js";
import { Queue } from "../queue/index.js";
import { sleep } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { pipeline } from "./index.js";

const BAD = new Error("bad");
const REASON = new Error("the reason");
const virtually = (main: () => Promise<void>): Promise<void> => new VirtualHost().run(main);

/** Endless, and tells when it is closed. */
async function* endless(
  log: string[],
  name: string,
  close?: () => unknown,
): AsyncGenerator<number> {
  try {
    for (let n = 0; ; n += 1) yield n;
  } finally {
    await sleep(name === "source" ? 5 : 20);
    log.push(`${name} closed`);
    close?.();
  }
}

test("leaving closes the results that are open, and the source, and waits for both", async () => {
  await virtually(async () => {
    const log: string[] = [];
    const steps = pipeline(endless(log, "source")).flatMap(() => endless(log, "results"));
    for await (const _ of steps) break;
    expect(log.toSorted()).toEqual(["results closed", "source closed"]);
  });
});

test("a failing step behind it, or a cancel, closes them as well", async () => {
  await virtually(async () => {
    const log: string[] = [];
    const controller = new AbortController();
    const steps = () =>
      pipeline(endless(log, "source"), controller).flatMap(() => endless(log, "results"));
    const failing = steps()
      .map(() => Promise.reject(BAD))
      .collect();
    await expect(failing).rejects.toMatchObject({ errors: [BAD] });
    expect(log).toHaveLength(2);
    const run = steps().forEach((_, scope) => sleep(Infinity, scope));
    const outcome = run.catch((error: unknown) => error);
    await sleep(1);
    controller.abort(REASON);
    expect(await outcome).toBe(REASON);
    expect(log).toHaveLength(4);
  });
});

test("results that can't be closed are told of, and the source is closed all the same", async () => {
  await virtually(async () => {
    const log: string[] = [];
    const leave = async (): Promise<void> => {
      const steps = pipeline(endless(log, "source")).flatMap(() =>
        endless(log, "results", () => {
          throw BAD;
        }),
      );
      for await (const _ of steps) break;
    };
    await expect(leave()).rejects.toMatchObject({ errors: [BAD] });
    expect(log).toContain("source closed");
  });
});

test("results that come only after the cancel are closed without being read", async () => {
  await virtually(async () => {
    const log: string[] = [];
    const controller = new AbortController();
    const late = async (): Promise<ReadableStream<number>> => {
      await sleep(5);
      return new ReadableStream(
        { pull: () => void log.push("read"), cancel: () => void log.push("closed") },
        { highWaterMark: 0 },
      );
    };
    const run = pipeline([1, 2], controller).flatMap(late).collect();
    const outcome = run.catch((error: unknown) => error);
    await sleep(1);
    controller.abort(REASON);
    expect(await outcome).toBe(REASON);
    expect(log).toEqual(["closed"]);
  });
});

test("results that are a queue which nobody closes do not hang a cancel", async () => {
  await virtually(async () => {
    const queue = new Queue<number>({ capacity: 1 });
    const controller = new AbortController();
    const run = pipeline([1], controller)
      .flatMap(() => queue)
      .collect();
    const outcome = run.catch((error: unknown) => error);
    await sleep(1);
    controller.abort(REASON);
    expect(await outcome).toBe(REASON);
    expect(queue.stats().waiting).toBe(0);
  });
});

test("after a cancel no more results are given, though they are there", async () => {
  const controller = new AbortController();
  const steps = pipeline([1], controller).flatMap(() => [1, 2, 3]);
  const reader = steps[Symbol.asyncIterator]();
  expect(await reader.next()).toEqual({ done: false, value: 1 });
  controller.abort(REASON);
  await expect(reader.next()).rejects.toBe(REASON);
});

test("results that fail end the pipeline; those before the failure come first", async () => {
  const seen: number[] = [];
  const steps = pipeline([1, 2]).flatMap(function* (n) {
    yield n * 10;
    if (n === 2) throw BAD;
    yield n * 10 + 1;
  });
  const run = steps.forEach((n) => void seen.push(n));
  await expect(run).rejects.toMatchObject({ errors: [BAD] });
  expect(seen).toEqual([10, 11, 20]);
});

test("calls come one at a time, each told its item's place and the scope", async () => {
  await virtually(async () => {
    let running = 0;
    const places: number[] = [];
    const one = async (n: number, scope: Scope & { index: number }): Promise<number[]> => {
      running += 1;
      expect([running, scope.cancelled]).toEqual([1, false]);
      places.push(scope.index);
      await sleep(5, scope);
      running -= 1;
      return [n, n];
    };
    expect(await pipeline(["a", "b", "c"].keys()).flatMap(one).collect()).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
    expect(places).toEqual([0, 1, 2]);
  });
});

test("a cancel that comes while a failure still closes the steps adds no error", async () => {
  await virtually(async () => {
    const controller = new AbortController();
    const slow = (n: number): Promise<number[]> => sleep(n * 10).then(() => [n]);
    const run = pipeline([0, 1, 2], controller)
      .flatMap(slow)
      .map(() => sleep(1).then(() => Promise.reject(BAD)), { limit: 2 })
      .collect();
    const outcome = run.catch((error: unknown) => error);
    await sleep(5);
    controller.abort(REASON);
    expect(await outcome).toMatchObject({ errors: [BAD] });
  });
});
