import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import type { Permit } from "../core/index.js";
import { KeyedLimiter } from "./keyed-limiter.js";

const GONE = new Error("gone");
const AT_REST = { keys: 0, running: 0, waiting: 0 };

describe("limits", () => {
  test("hold for each key, and for all keys together", async () => {
    const limiter = new KeyedLimiter<string>({ limitPerKey: 2, limit: 5 });
    const running = new Map<string, number>();
    let most = 0;
    let mostOfOne = 0;
    const work = async (key: string): Promise<void> => {
      using place = await limiter.acquire(key);
      running.set(key, (running.get(key) ?? 0) + 1);
      mostOfOne = Math.max(mostOfOne, running.get(key)!);
      most = Math.max(
        most,
        [...running.values()].reduce((sum, n) => sum + n),
      );
      await Promise.resolve();
      running.set(key, running.get(key)! - 1);
    };
    await Promise.all(Array.from({ length: 60 }, (_, i) => work("abcd"[i % 4]!)));
    expect([most, mostOfOne]).toEqual([5, 2]);
    expect(limiter.stats()).toEqual(AT_REST);
  });

  test("tryAcquire takes a place only if both limits allow it now", async () => {
    const limiter = new KeyedLimiter<string>({ limitPerKey: 1, limit: 2 });
    const a = limiter.tryAcquire("a");
    expect(limiter.tryAcquire("a")).toBeUndefined();
    const b = limiter.tryAcquire("b");
    expect(limiter.tryAcquire("c")).toBeUndefined();
    expect(limiter.stats()).toEqual({ keys: 2, running: 2, waiting: 0 });
    a?.release();
    b?.release();
    expect(limiter.stats()).toEqual(AT_REST);
  });

  test("a second release does nothing", async () => {
    const limiter = new KeyedLimiter<string>({ limitPerKey: 1 });
    const first = await limiter.acquire("a");
    first.release();
    const second = await limiter.acquire("a");
    first.release();
    first[Symbol.dispose]();
    expect(limiter.stats().running).toBe(1);
    second.release();
    expect(limiter.stats()).toEqual(AT_REST);
  });

  test("a key is a key by identity, as in a Map", async () => {
    const limiter = new KeyedLimiter<unknown>({ limitPerKey: 1 });
    const keys = [NaN, undefined, null, {}, {}, "", 0];
    const permits = keys.map((key) => limiter.tryAcquire(key));
    expect(permits).not.toContain(undefined);
    expect(keys.map((key) => limiter.tryAcquire(key))).toEqual(keys.map(() => undefined));
    for (const permit of permits) permit?.release();
    expect(limiter.stats()).toEqual(AT_REST);
  });
});

describe("fairness", () => {
  test("within a key it is first come, first served", async () => {
    const limiter = new KeyedLimiter<string>({ limitPerKey: 1 });
    const order: number[] = [];
    const callers = [0, 1, 2, 3].map(async (n) => {
      using place = await limiter.acquire("a");
      order.push(n);
    });
    await Promise.all(callers);
    expect(order).toEqual([0, 1, 2, 3]);
  });

  test("a key whose own limit is reached does not hold back another", async () => {
    const limiter = new KeyedLimiter<string>({ limitPerKey: 1, limit: 2 });
    const first = await limiter.acquire("a");
    const blocked = limiter.acquire("a");
    const other = await limiter.acquire("b");
    other.release();
    (await limiter.acquire("b")).release();
    expect(limiter.stats()).toEqual({ keys: 1, running: 1, waiting: 1 });
    first.release();
    (await blocked).release();
  });

  test("keys that wait for the common limit take turns, however many callers each has", async () => {
    const limiter = new KeyedLimiter<string>({ limitPerKey: Infinity, limit: 1 });
    const order: string[] = [];
    const held = await limiter.acquire("x");
    const callers = ["a", "a", "a", "a", "b", "b", "c"].map(async (key) => {
      using place = await limiter.acquire(key);
      order.push(key);
    });
    held.release();
    await Promise.all(callers);
    expect(order.join("")).toBe("abcabaa");
  });

  test("a release hands the place on in the same step: nobody can barge in between", async () => {
    const limiter = new KeyedLimiter<string>({ limitPerKey: 1, limit: 1 });
    const held = await limiter.acquire("a");
    const next = limiter.acquire("b");
    held.release();
    expect([limiter.tryAcquire("a"), limiter.tryAcquire("b")]).toEqual([undefined, undefined]);
    (await next).release();
    expect(limiter.stats()).toEqual(AT_REST);
  });
});

describe("cancelling", () => {
  test("a cancelled waiter leaves, and its turn goes to the next of its key", async () => {
    const limiter = new KeyedLimiter<string>({ limitPerKey: 1 });
    const held = await limiter.acquire("a");
    const leaving = new AbortController();
    const first = limiter.acquire("a", { signal: leaving.signal });
    const second = limiter.acquire("a");
    leaving.abort(GONE);
    await expect(first).rejects.toBe(GONE);
    expect(limiter.stats()).toEqual({ keys: 1, running: 1, waiting: 1 });
    held.release();
    (await second).release();
    expect(getEventListeners(leaving.signal, "abort")).toHaveLength(0);
  });

  test("a key whose only waiter is cancelled is forgotten, and takes no turn", async () => {
    const limiter = new KeyedLimiter<string>({ limitPerKey: 1, limit: 1 });
    const held = await limiter.acquire("a");
    const leaving = new AbortController();
    const gone = limiter.acquire("b", { signal: leaving.signal });
    const next = limiter.acquire("c");
    leaving.abort(GONE);
    await expect(gone).rejects.toBe(GONE);
    expect(limiter.stats()).toEqual({ keys: 2, running: 1, waiting: 1 });
    held.release();
    (await next).release();
    expect(limiter.stats()).toEqual(AT_REST);
  });

  test("a cancel after the grant does nothing", async () => {
    const limiter = new KeyedLimiter<string>({ limitPerKey: 1 });
    const held = await limiter.acquire("a");
    const late = new AbortController();
    const granted: Promise<Permit> = limiter.acquire("a", { signal: late.signal });
    held.release();
    late.abort(GONE);
    (await granted).release();
    expect(limiter.stats()).toEqual(AT_REST);
  });

  test("a pre-aborted signal rejects first, and leaves no key behind", async () => {
    const limiter = new KeyedLimiter<string>({ limitPerKey: 1 });
    await expect(limiter.acquire("a", { signal: AbortSignal.abort(GONE) })).rejects.toBe(GONE);
    expect(limiter.stats()).toEqual(AT_REST);
  });
});

test("wrong arguments throw at the call, with the value", () => {
  const make = (options: unknown) => () => new KeyedLimiter(options as { limitPerKey: number });
  const wanted = "must be an integer >= 1 or Infinity, got";
  expect(make({ limitPerKey: 0 })).toThrow(new RangeError(`limitPerKey ${wanted} 0`));
  expect(make({})).toThrow(new TypeError(`limitPerKey ${wanted} undefined`));
  expect(make({ limitPerKey: 1, limit: -2 })).toThrow(new RangeError(`limit ${wanted} -2`));
  const limiter = new KeyedLimiter({ limitPerKey: 1 });
  expect(() => limiter.acquire("a", { signal: 5 as unknown as AbortSignal })).toThrow(
    new TypeError("signal must be an AbortSignal, got 5"),
  );
  expect(limiter.stats()).toEqual(AT_REST);
});
