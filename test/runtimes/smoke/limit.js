import { check, same } from "./assert.js";

export const limit = {
  async RateLimiter({ RateLimiter }) {
    const limiter = new RateLimiter({ permits: 1, perMs: 5, burst: 2 });
    check(limiter.tryAcquire() && limiter.tryAcquire(), "the burst is free");
    await limiter.acquire();
  },

  async KeyedLimiter({ KeyedLimiter }) {
    const limiter = new KeyedLimiter({ limitPerKey: 1 });
    const a = await limiter.acquire("a");
    const b = await limiter.acquire("b");
    let second = false;
    const waiting = limiter.acquire("a").then((permit) => {
      second = true;
      return permit;
    });
    b.release();
    await Promise.resolve();
    same(second, false);
    a.release();
    (await waiting).release();
  },
};
