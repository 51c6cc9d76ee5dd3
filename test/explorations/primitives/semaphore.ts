import assert from "node:assert/strict";
import { Semaphore } from "../../../src/index.js";
import { step } from "../../../src/testing/explore/index.js";
import { type Explorations, large, small, tasks } from "./explorations.js";
import { likeACount } from "./permits.js";

function contest(permits: number, weights: readonly number[], leaving: string) {
  return async () => {
    const semaphore = new Semaphore(permits, { name: "it" });
    let used = 0;
    const asked: number[] = [];
    const served: number[] = [];
    const worker = (weight: number, i: number) => async (scope: { signal: AbortSignal }) => {
      asked.push(i);
      const permit = await semaphore.acquire({ signal: scope.signal, weight });
      served.push(i);
      used += weight;
      assert.ok(used <= permits, "more permits given out than there are");
      await step("work");
      used -= weight;
      permit.release();
      permit.release();
    };
    await tasks(weights.map(worker), leaving);
    assert.deepEqual(semaphore.stats(), { permits, available: permits, waiting: 0 });
    assert.ok(served.length >= weights.length - leaving.length, "somebody was passed over");
  };
}

export const semaphore: Explorations = {
  "no more than its permits, and all come back": small(contest(2, [1, 1, 1], "")),
  "whoever is cancelled keeps nothing": small(contest(1, [1, 1, 1], "B")),
  "a heavy caller that leaves lets the light ones behind it through": small(async () => {
    const semaphore = new Semaphore(2, { name: "it" });
    const held = await semaphore.acquire();
    let light = false;
    await tasks(
      [
        (scope) => semaphore.acquire({ signal: scope.signal, weight: 2 }),
        () => semaphore.run(() => void (light = true)),
      ],
      "A",
    );
    assert.ok(light);
    held.release();
    assert.equal(semaphore.available, 2);
  }),
  "nobody overtakes a heavy caller": small(async () => {
    const semaphore = new Semaphore(2, { name: "it" });
    const held = await semaphore.acquire();
    const order: string[] = [];
    await tasks([
      () => semaphore.run(() => void order.push("heavy"), { weight: 2 }),
      () => semaphore.run(() => void order.push("light")),
      async () => {
        await step("release");
        const overtaking = semaphore.tryAcquire();
        assert.equal(overtaking, undefined);
        held.release();
      },
    ]);
    assert.deepEqual(order, ["heavy", "light"]);
  }),
  "a linearizable semaphore": small(
    likeACount(
      {
        start: () => ({ left: 2 }),
        free: ({ left }) => left > 0,
        count: (state, _, change) => void (state.left -= change),
        make: () => {
          const semaphore = new Semaphore(2);
          return { acquire: () => semaphore.acquire(), tryAcquire: () => semaphore.tryAcquire() };
        },
      },
      ["ab", "a", "a"],
    ),
  ),
  "all of that with more": large(contest(3, [1, 2, 3, 1, 2, 1], "BCE")),
};
