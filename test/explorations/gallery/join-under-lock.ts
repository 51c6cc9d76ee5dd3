import { Lock, withTaskGroup } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Waits, holding a lock, for a task that wants the lock. */
export const joinUnderLock: Bug = {
  name: "join under a lock",
  kind: "deadlock",
  seeds: { random: 10, pct: 10 },
  steps: 2,
  program: (fixed) => async () => {
    const lock = new Lock({ name: "state" });
    await withTaskGroup(async (group) => {
      const worker = group.spawn(
        async () => {
          await step("compute");
          await lock.run(() => step("store"));
        },
        { name: "worker" },
      );
      const permit = await lock.acquire();
      if (fixed) permit.release();
      await worker;
      permit.release();
    });
  },
};
