import assert from "node:assert/strict";
import { now, shield, sleep, withTaskGroup, withTimeout } from "../../../src/index.js";
import { step } from "../../../src/testing/explore/index.js";
import { type Explorations, large, small, tasks } from "./explorations.js";

const codeOf = (error: { code?: string }) => error.code;

export const timeout: Explorations = {
  "in time or timed out, and no timer is left": small(async () => {
    let late = false;
    const outcome = await withTimeout(100, async (scope) => {
      await step("work");
      late = scope.cancelled;
      scope.throwIfCancelled();
      return "done";
    }).catch(codeOf);
    assert.equal(outcome, late ? "TIMEOUT" : "done");
    assert.equal(now(), late ? 100 : 0);
  }),
  "a value beats a late cancel": small(async () => {
    const value = await withTimeout(100, () => step("work").then(() => "value"));
    assert.equal(value, "value");
  }),
  "the outer of two that expired owns the error": small(async () => {
    const outer: unknown = await withTimeout(100, (scope) =>
      withTimeout(100, (inner) => sleep(1_000, inner), scope),
    ).catch((error: unknown) => error);
    assert.equal((outer as { code: string }).code, "TIMEOUT");
    assert.equal(now(), 100);
  }),
  "reschedule counts from now": small(async () => {
    await withTimeout(100, async (scope) => {
      await sleep(60);
      scope.reschedule(100);
      await sleep(60, scope);
      scope.reschedule(null);
      await sleep(1_000, scope);
    });
    const expired = withTimeout(100, async (scope) => {
      scope.reschedule(50);
      await sleep(70, scope);
    });
    await assert.rejects(expired, { code: "TIMEOUT" });
  }),
  "all of that with more": large(async () => {
    const work = (ms: number) => () =>
      withTimeout(ms, async (scope) => {
        await step("work");
        await sleep(ms / 2, scope);
        await step("more");
        await sleep(ms / 4, scope);
      }).catch((error: { code?: string }) => assert.equal(error.code, "TIMEOUT"));
    await tasks([work(10), work(10), work(20), work(40)]);
  }),
};

function shielded(graceMs?: number) {
  return async () => {
    let written = 0;
    let cancelledMs = Infinity;
    await withTaskGroup((group) => {
      const task = group.spawn(async (scope) => {
        const options = graceMs === undefined ? {} : { timeoutMs: graceMs };
        await shield(
          async (inner) => {
            if (graceMs === undefined) await step("write"); // who knows how long it takes
            await sleep(50, inner);
            written += 1;
          },
          { signal: scope.signal, ...options },
        );
      });
      group.spawn(async () => {
        await step("cancel");
        if (task.cancel()) cancelledMs = now();
      });
    }).catch((error: { errors?: { code?: string }[] }) => {
      assert.equal(error.errors?.[0]?.code, "TIMEOUT");
      written += 10;
    });
    if (graceMs === undefined) assert.equal(written, 1);
    else if (cancelledMs + graceMs < 50) assert.equal(written, 10, "went on after its grace");
    else if (cancelledMs + graceMs > 50) assert.equal(written, 1, "was cut short");
  };
}

export const shields: Explorations = {
  "runs to its end whenever the cancel comes": small(shielded()),
  "has its whole grace from the cancel on": small(shielded(200)),
  "is cancelled when its grace is over": small(shielded(20)),
  "runs in a scope that is cancelled already": small(async () => {
    const signal = AbortSignal.abort();
    assert.equal(await shield(() => step("write").then(() => 7), { signal }), 7);
  }),
};

export const sleeping: Explorations = {
  "ends at its time, or at the cancel, and leaves no timer": small(async () => {
    await withTaskGroup((group) => {
      const task = group.spawn(async (scope) => {
        await sleep(100, scope);
        assert.equal(now(), 100);
      });
      group.spawn(async () => {
        await step("cancel");
        const before = now();
        if (task.cancel()) await task.result().catch(() => {});
        assert.equal(now(), before, "a cancelled sleep slept on");
      });
    });
  }),
  "in the order of their times": large(async () => {
    const woken: number[] = [];
    const nap = (ms: number) => () => sleep(ms).then(() => woken.push(now()));
    await tasks([30, 10, 20, 10].map(nap));
    assert.deepEqual(woken, [10, 10, 20, 30]);
  }),
};
