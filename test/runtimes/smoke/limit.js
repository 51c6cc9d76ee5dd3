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

  async AdaptiveLimiter({ AdaptiveLimiter, vegas }) {
    const limiter = new AdaptiveLimiter({ target: vegas(), initial: 1 });
    const permit = await limiter.acquire();
    same(limiter.tryAcquire(), undefined);
    const waiting = limiter.acquire();
    permit.release();
    (await waiting).release();
    same(limiter.stats().running, 0);
  },

  aimd({ aimd }) {
    const rule = aimd({ delay: { delayMs: 50 }, targetMs: 20 });
    same(rule.update(10, { latencyMs: 1, running: 10, overloaded: false }), 9);
  },

  gradient2({ gradient2 }) {
    const rule = gradient2();
    check(rule.update(10, { latencyMs: 1, running: 10, overloaded: false }) > 10, "it grows");
  },

  vegas({ vegas }) {
    const rule = vegas();
    rule.update(10, { latencyMs: 1, running: 10, overloaded: false });
    check(rule.update(10, { latencyMs: 1, running: 10, overloaded: false }) > 10, "it grows");
  },
};
