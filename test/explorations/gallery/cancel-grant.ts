import { Lock, sleep, withTaskGroup, withTimeout } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** The timeout wins the race against the lock, and then the lock is granted to nobody. */
export const cancelGrant: Bug = {
  name: "race of cancel and grant",
  kind: "leak",
  seeds: { random: 50, pct: 50 },
  steps: 4,
  program: (fixed) => async () => {
    const lock = new Lock({ name: "printer" });
    await withTaskGroup((group) => {
      group.spawn(() => lock.run(() => step("print")), { name: "holder" });
      group.spawn(
        async () => {
          if (fixed) {
            const permit = await withTimeout(100, (scope) => lock.acquire(scope)).catch(() => {});
            permit?.release();
            return;
          }
          const permit = await Promise.race([lock.acquire(), sleep(100)]);
          permit?.release();
        },
        { name: "impatient" },
      );
    });
  },
};
