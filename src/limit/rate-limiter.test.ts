import * as fc from "fast-check";
import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { host } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { RateLimiter } from "./rate-limiter.js";

const GONE = new Error("gone");
const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => void host.startTimer(resolve, ms));

/** Runs on a virtual clock; `at` lists when each acquire went through, rounded to a microsecond. */
function clocked(main: (pass: (limiter: RateLimiter) => Promise<void>) => Promise<void>) {
  const clock = new VirtualHost();
  const at: number[] = [];
  return clock.run(async () => {
    await main(async (limiter) => {
      await limiter.acquire();
      at.push(Math.round(clock.nowMs() * 1e3) / 1e3);
    });
    return at;
  });
}

describe("the rate", () => {
  test("a full bucket lets a burst through, then permits come evenly", async () => {
    const at = await clocked(async (pass) => {
      const limiter = new RateLimiter({ permits: 2, perMs: 100 });
      await Promise.all(Array.from({ length: 6 }, () => pass(limiter)));
    });
    expect(at).toEqual([0, 0, 50, 100, 150, 200]);
  });

  test("a burst of 1 spaces all evenly; a larger one lets more through at first", async () => {
    const at = await clocked(async (pass) => {
      const even = new RateLimiter({ permits: 10, perMs: 100, burst: 1 });
      for (let i = 0; i < 3; i += 1) await pass(even);
      const generous = new RateLimiter({ permits: 1, perMs: 100, burst: 3 });
      for (let i = 0; i < 4; i += 1) await pass(generous);
    });
    expect(at).toEqual([0, 10, 20, 20, 20, 20, 120]);
  });

  test("a long quiet time refills the bucket to the burst, and no further", async () => {
    const at = await clocked(async (pass) => {
      const limiter = new RateLimiter({ permits: 3, perMs: 30 });
      for (let i = 0; i < 3; i += 1) await pass(limiter);
      await pause(24 * 60 * 60 * 1_000);
      expect(limiter.stats()).toEqual({ available: 3, waiting: 0 });
      for (let i = 0; i < 5; i += 1) await pass(limiter);
    });
    const day = 86_400_000;
    expect(at).toEqual([0, 0, 0, day, day, day, day + 10, day + 20]);
  });

  test("in any stretch of t ms at most burst + t * permits / perMs go through, and nobody waits in vain", async () => {
    const setting = fc.record({
      permits: fc.integer({ min: 1, max: 7 }),
      perMs: fc.integer({ min: 1, max: 100 }),
      burst: fc.integer({ min: 1, max: 9 }),
    });
    const gaps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 })), {
      minLength: 1,
      maxLength: 40,
    });
    const law = fc.asyncProperty(setting, gaps, async (options, gaps) => {
      const { permits, perMs, burst } = options;
      const at = await clocked(async (pass) => {
        const limiter = new RateLimiter(options);
        const passing: Promise<void>[] = [];
        for (const gap of gaps) {
          if (gap > 0) await pause(gap);
          passing.push(pass(limiter));
        }
        await Promise.all(passing);
      });
      // The bucket, told slowly: tokens drip in; each caller leaves at the first time that there is one.
      let [tokens, clockMs, arrivedMs] = [burst, 0, 0];
      const expected = gaps.map((gap) => {
        arrivedMs += gap;
        const fromMs = Math.max(arrivedMs, clockMs);
        tokens = Math.min(burst, tokens + ((fromMs - clockMs) * permits) / perMs);
        const waitMs = (Math.max(0, 1 - tokens) * perMs) / permits;
        tokens = Math.max(tokens, 1) - 1;
        clockMs = fromMs + waitMs;
        return clockMs;
      });
      const offMs = expected.map((wantedMs, n) => Math.abs(wantedMs - at[n]!));
      expect(Math.max(...offMs)).toBeLessThan(0.01);
      const excess = at.flatMap((fromMs, from) =>
        at.slice(from).map((toMs, more) => more + 1 - burst - ((toMs - fromMs) * permits) / perMs),
      );
      expect(Math.max(...excess)).toBeLessThan(0.1);
    });
    await fc.assert(law, { numRuns: 2_000 });
  });
});

describe("the line", () => {
  test("is first come, first served, and tryAcquire does not overtake it", () =>
    new VirtualHost().run(async () => {
      const limiter = new RateLimiter({ permits: 1, perMs: 10 });
      expect([limiter.tryAcquire(), limiter.tryAcquire()]).toEqual([true, false]);
      const order: number[] = [];
      const line = [0, 1, 2].map((n) => limiter.acquire().then(() => order.push(n)));
      expect(limiter.stats()).toEqual({ available: 0, waiting: 3 });
      await pause(15);
      expect([limiter.tryAcquire(), limiter.stats().waiting]).toEqual([false, 2]);
      await Promise.all(line);
      expect(order).toEqual([0, 1, 2]);
    }));

  test("a cancelled acquire uses nothing up: those behind it move up", async () => {
    const at = await clocked(async (pass) => {
      const limiter = new RateLimiter({ permits: 1, perMs: 10 });
      await pass(limiter);
      const leaving = new AbortController();
      const gone = [1, 2, 3].map(() => limiter.acquire({ signal: leaving.signal }));
      const next = pass(limiter);
      await pause(4);
      leaving.abort(GONE);
      for (const wait of gone) await expect(wait).rejects.toBe(GONE);
      await next;
      expect(getEventListeners(leaving.signal, "abort")).toHaveLength(0);
    });
    expect(at).toEqual([0, 10]);
  });

  test("a pre-aborted signal rejects first, and uses nothing up", () =>
    new VirtualHost().run(async () => {
      const limiter = new RateLimiter({ permits: 1, perMs: 10 });
      await expect(limiter.acquire({ signal: AbortSignal.abort(GONE) })).rejects.toBe(GONE);
      expect(limiter.stats()).toEqual({ available: 1, waiting: 0 });
    }));
});

test("wrong arguments throw at the call, with the value", () => {
  const make = (options: object) => () => new RateLimiter({ permits: 1, perMs: 1, ...options });
  const notPermits = (value: string): string => `permits must be an integer >= 1, got ${value}`;
  expect(make({ permits: 0 })).toThrow(new RangeError(notPermits("0")));
  expect(make({ permits: "5" })).toThrow(new TypeError(notPermits('"5"')));
  for (const perMs of [0, -1, NaN, Infinity]) {
    expect(make({ perMs })).toThrow(
      new RangeError(`perMs must be a finite number > 0, got ${perMs}`),
    );
  }
  expect(make({ burst: 0 })).toThrow(new RangeError("burst must be an integer >= 1, got 0"));
  const wrong = { signal: 5 as unknown as AbortSignal };
  expect(() => new RateLimiter({ permits: 1, perMs: 1 }).acquire(wrong)).toThrow(TypeError);
});
