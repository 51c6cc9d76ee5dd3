import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { CancelScope, installHost, realHost, scopeOf } from "../core/index.js";
import { KeyedLimiter } from "./keyed-limiter.js";
import { RateLimiter } from "./rate-limiter.js";

const WAITS = 100_000;
const AT_ONCE = 1_000;

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

function heapUsed(): number {
  gc();
  return process.memoryUsage().heapUsed;
}

test("KeyedLimiter: 100,000 waits for as many keys, on one signal, leave nothing behind", async () => {
  const { signal } = new AbortController();
  const limiter = new KeyedLimiter<string>({ limitPerKey: 1, limit: 1 });
  let keys = 0;
  const round = async (): Promise<void> => {
    const held = await limiter.acquire("held");
    const short = new CancelScope(scopeOf({ signal }));
    const waits = Array.from({ length: AT_ONCE }, async (_, i) => {
      const place = await limiter.acquire(`key ${(keys += 1)}`, i % 2 ? { signal } : short);
      place.release();
    });
    const settled = Promise.allSettled(waits);
    short.cancel();
    short.end();
    held.release();
    const refused = (await settled).filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(AT_ONCE / 2);
    expect(limiter.stats()).toEqual({ keys: 0, running: 0, waiting: 0 });
  };
  for (let i = 0; i < 5; i += 1) await round();
  const before = heapUsed();
  for (let i = 0; i < WAITS / AT_ONCE; i += 1) await round();
  expect(heapUsed() - before).toBeLessThan(2_000_000); // 20 bytes for each
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("RateLimiter: 100,000 waits on one signal leave no listener, no timer and no memory", async () => {
  let nowMs = 0;
  let timer: (() => void) | undefined;
  const byHand = {
    ...realHost,
    nowMs: () => nowMs,
    startTimer: (run: () => void) => (timer = run),
    stopTimer: () => (timer = undefined),
  };
  using installed = installHost(byHand);
  const { signal } = new AbortController();
  const limiter = new RateLimiter({ permits: AT_ONCE / 2, perMs: 100 });
  const round = async (): Promise<void> => {
    while (limiter.tryAcquire());
    const short = new CancelScope(scopeOf({ signal }));
    const waits = Array.from({ length: AT_ONCE }, (_, i) =>
      limiter.acquire(i % 2 ? { signal } : short),
    );
    const settled = Promise.allSettled(waits);
    short.cancel();
    short.end();
    nowMs += 100;
    const due = timer;
    timer = undefined;
    due?.();
    const refused = (await settled).filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(AT_ONCE / 2);
    expect(timer).toBeUndefined();
  };
  for (let i = 0; i < 5; i += 1) await round();
  const before = heapUsed();
  for (let i = 0; i < WAITS / AT_ONCE; i += 1) await round();
  expect(heapUsed() - before).toBeLessThan(2_000_000); // 20 bytes for each
  expect(getEventListeners(signal, "abort")).toEqual([]);
});
