import assert from "node:assert/strict";
import { KeyedLimiter, now, RateLimiter, sleep } from "../../../src/index.js";
import { step } from "../../../src/testing/explore/index.js";
import { type Explorations, large, small, tasks } from "./explorations.js";
import { likeACount } from "./permits.js";

function rate(count: number, leaving: string) {
  return async () => {
    const limiter = new RateLimiter({ permits: 2, perMs: 100, burst: 2, name: "it" });
    const times: number[] = [];
    const asked: number[] = [];
    const served: number[] = [];
    const call = (i: number) => async (scope: { signal: AbortSignal }) => {
      asked.push(i);
      await limiter.acquire(scope);
      served.push(i);
      times.push(now());
    };
    await tasks(
      Array.from({ length: count }, (_, i) => call(i)),
      leaving,
    );
    assert.ok(times.length >= count - leaving.length, "somebody was passed over");
    for (let i = 2; i < times.length; i += 1) {
      const [from = 0, to = 0] = [times[i - 2], times[i]];
      assert.ok(to - from >= 50 - 0.01, `three within ${to - from} ms`);
    }
    assert.ok(now() <= 50 * count, "slower than it has to be");
    assert.equal(limiter.stats().waiting, 0);
    await sleep(1_000);
    assert.equal(limiter.stats().available, 2, "the bucket never holds more than its burst");
  };
}

export const rateLimiter: Explorations = {
  "no faster than its rate, and no slower": small(rate(4, ""), 1),
  "a cancel uses nothing up, and lets nobody wait": small(rate(4, "C"), 1),
  "nobody overtakes those who wait": small(async () => {
    const limiter = new RateLimiter({ permits: 1, perMs: 100, name: "it" });
    await limiter.acquire();
    const waiting = limiter.acquire();
    assert.equal(limiter.tryAcquire(), false);
    await waiting;
    assert.equal(now(), 100);
    assert.equal(limiter.tryAcquire(), false);
  }),
  "nor if they come when it is time": small(async () => {
    const limiter = new RateLimiter({ permits: 1, perMs: 100, name: "it" });
    await limiter.acquire();
    await tasks([
      () => limiter.acquire().then(() => assert.equal(now(), 100)),
      () => sleep(100).then(() => assert.equal(limiter.tryAcquire(), false)),
    ]);
  }),
  "the timer goes with the last who waits": small(async () => {
    const limiter = new RateLimiter({ permits: 1, perMs: 100, name: "it" });
    await limiter.acquire();
    await tasks([(scope) => limiter.acquire(scope)], "A");
  }),
  "all of that with more": large(rate(8, "BDF")),
};

function keyed(keys: string, leaving: string) {
  return async () => {
    const limiter = new KeyedLimiter<string>({ limitPerKey: 1, limit: 2, name: "it" });
    const inside = new Map<string, number>();
    let all = 0;
    let served = 0;
    const work = (key: string) => async (scope: { signal: AbortSignal }) => {
      const permit = await limiter.acquire(key, scope);
      served += 1;
      const mine = (inside.get(key) ?? 0) + 1;
      inside.set(key, mine);
      all += 1;
      assert.ok(mine <= 1, "too many of a key");
      assert.ok(all <= 2, "too many in all");
      await step("work");
      inside.set(key, mine - 1);
      all -= 1;
      permit.release();
      permit.release();
    };
    await tasks(keys.split("").map(work), leaving);
    assert.ok(served >= keys.length - leaving.length, "somebody was passed over");
    assert.deepEqual(limiter.stats(), { keys: 0, running: 0, waiting: 0 });
  };
}

export const keyedLimiter: Explorations = {
  "no more than its limits, and nothing is kept": small(keyed("aab", ""), 1),
  "whoever is cancelled keeps nothing": small(keyed("aab", "B"), 1),
  "a linearizable limiter": small(
    likeACount(
      {
        start: () => ({ a: 0, b: 0, c: 0 }),
        free: (held, key) => held[key as "a"] === 0 && held.a + held.b + held.c < 2,
        count: (held, key, change) => void (held[key as "a"] += change),
        make: () => {
          const limiter = new KeyedLimiter<string>({ limitPerKey: 1, limit: 2, name: "it" });
          return { acquire: (key) => limiter.acquire(key) };
        },
      },
      ["ab", "b", "ca"],
    ),
  ),
  "a key with many callers does not hold up one with few": small(async () => {
    const limiter = new KeyedLimiter<string>({ limitPerKey: 2, limit: 1, name: "it" });
    const order: string[] = [];
    const work = (key: string) => async () => {
      using _ = await limiter.acquire(key);
      order.push(key);
      await step("work");
    };
    await tasks(["a", "a", "a", "a", "b"].map(work));
    assert.ok(order.indexOf("b") <= 2, `b came after ${order.join(" ")}`);
  }, 1),
  "all of that with more": large(keyed("aabbcc", "BDE")),
};
