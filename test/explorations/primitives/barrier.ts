import assert from "node:assert/strict";
import { Barrier } from "../../../src/index.js";
import { step } from "../../../src/testing/explore/index.js";
import { type Explorations, large, small, tasks } from "./explorations.js";

function rounds(parties: number, count: number) {
  return async () => {
    const barrier = new Barrier(parties, { name: "it" });
    const places: number[][] = Array.from({ length: count }, () => []);
    let finished = 0;
    const party = async () => {
      for (let round = 0; round < count; round += 1) {
        await step("work");
        finished += 1;
        places[round]!.push(await barrier.wait());
        assert.ok(finished >= parties * (round + 1), "went on before all had come");
      }
    };
    await tasks(Array.from({ length: parties }, () => party));
    for (const round of places) {
      assert.deepEqual(
        round.toSorted((a, b) => a - b),
        Array.from({ length: parties }, (_, place) => place),
      );
    }
  };
}

export const barrier: Explorations = {
  "nobody goes on before all have come, again and again": small(rounds(2, 2)),
  "whoever is cancelled counts as never come": small(async () => {
    const barrier = new Barrier(2, { name: "it" });
    let passed = 0;
    const wait = (scope: { signal: AbortSignal }) => barrier.wait(scope).then(() => (passed += 1));
    await tasks(
      [
        wait,
        async (scope: { signal: AbortSignal }) => {
          await step("come");
          await wait(scope);
        },
        async (scope: { signal: AbortSignal }) => {
          await step("look");
          if (barrier.waiting === 1 && passed === 0) await wait(scope);
          else if (passed === 0) await wait(scope);
        },
        async () => {
          await step("break up");
          await step("break up");
          barrier.abort();
        },
      ].map(
        (worker) => (scope: { signal: AbortSignal }) =>
          worker(scope).catch((error: { code?: string }) => {
            if (error.code !== "BROKEN") throw error;
          }),
      ),
      "A",
    );
    assert.equal(passed % 2, 0, "one went on alone");
    assert.equal(barrier.waiting, 0);
  }, 1),
  "reset sends away who waits, and then it works again": small(async () => {
    const barrier = new Barrier(2, { name: "it" });
    const waiting = barrier.wait().catch((error: { code: string }) => error.code);
    barrier.reset();
    assert.equal(await waiting, "BROKEN");
    assert.equal(barrier.broken, false);
    barrier.abort();
    await assert.rejects(barrier.wait(), { code: "BROKEN" });
    barrier.reset();
    await Promise.all([barrier.wait(), barrier.wait()]);
  }),
  "all of that with more": large(rounds(4, 3)),
};
