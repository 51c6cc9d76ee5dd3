import assert from "node:assert/strict";
import { AdaptiveLimiter, now, sleep } from "../../../src/index.js";
import { step } from "../../../src/testing/explore/index.js";
import { type Explorations, large, small, tasks } from "./explorations.js";
import { likeACount } from "./permits.js";

/** A rule that leaves the limit alone. */
const still = { update: (limit: number) => limit };

function contest(limit: number, count: number, leaving: string) {
  return async () => {
    const limiter = new AdaptiveLimiter({ target: still, initial: limit, name: "it" });
    let inside = 0;
    let served = 0;
    const worker = async (scope: { signal: AbortSignal }) => {
      const permit = await limiter.acquire(scope).catch((error: { code?: string }) => {
        if (error.code === "OVERLOADED") return undefined; // work took its time
        throw error;
      });
      served += 1;
      if (permit === undefined) return;
      assert.ok((inside += 1) <= limit, "more than the limit");
      await step("work");
      inside -= 1;
      permit.release();
      permit.release();
    };
    await tasks(
      Array.from({ length: count }, () => worker),
      leaving,
    );
    assert.ok(served >= count - leaving.length, "somebody was passed over");
    assert.equal(limiter.stats().running, 0);
    assert.equal(limiter.stats().waiting, 0);
  };
}

/** What becomes of callers who come one after the other, while the only permit is held until `releaseMs`. */
async function line(releaseMs: number, comeMs: readonly number[]): Promise<string[]> {
  const setting = { target: still, initial: 1, name: "it", intervalMs: 100 };
  const limiter = new AdaptiveLimiter(setting);
  const told: string[] = [];
  const held = await limiter.acquire();
  const come = (i: number) => async () => {
    const permit = await limiter.acquire().catch((error: { code: string }) => error.code);
    const served = typeof permit === "object";
    told[i] = `${served ? "served" : permit} at ${now()}`;
    if (!served) return;
    await sleep(0.5);
    permit.release();
  };
  await tasks([
    ...comeMs.map((ms, i) => () => sleep(ms).then(come(i))),
    () => sleep(releaseMs).then(() => held.release()),
  ]);
  return told;
}

export const adaptiveLimiter: Explorations = {
  "no more than its limit, and all come back": small(contest(1, 3, ""), 1),
  "whoever is cancelled keeps nothing": small(contest(1, 3, "B"), 1),
  "a linearizable limiter": small(
    likeACount(
      {
        start: () => ({ left: 1 }),
        free: ({ left }) => left > 0,
        count: (state, _, change) => void (state.left -= change),
        make: () => {
          const limiter = new AdaptiveLimiter({ target: still, initial: 1 });
          return { acquire: () => limiter.acquire(), tryAcquire: () => limiter.tryAcquire() };
        },
      },
      ["aa", "a"],
    ),
  ),
  "first come, first served while the line is short": small(async () => {
    const told = ["served at 50", "served at 50.5", "served at 51"];
    assert.deepEqual(await line(50, [10, 20, 30]), told);
  }),
  "once the line has lasted, old callers are turned away and the newest goes first": small(
    async () => {
      const refused = "OVERLOADED at 110";
      const told = [refused, refused, "served at 111.5", "served at 111"];
      assert.deepEqual(await line(111, [10, 20, 107, 108]), told);
    },
  ),
  "the timer goes with the last who waits": small(async () => {
    const limiter = new AdaptiveLimiter({ target: still, initial: 1, name: "it" });
    const held = await limiter.acquire();
    await tasks([(scope) => limiter.acquire(scope).catch(() => {})], "A");
    held.release();
  }),
  "a limit that grows lets more in at once": small(async () => {
    const limiter = new AdaptiveLimiter({ target: { update: () => 2 }, initial: 1, name: "it" });
    const first = await limiter.acquire();
    let inside = 0;
    let most = 0;
    const worker = async () => {
      const permit = await limiter.acquire();
      most = Math.max(most, (inside += 1));
      await sleep(1);
      inside -= 1;
      permit.release();
    };
    await tasks([worker, worker, () => sleep(1).then(() => first.release())]);
    assert.equal(most, 2);
  }),
  "all of that with more": large(contest(2, 6, "BDE")),
};
