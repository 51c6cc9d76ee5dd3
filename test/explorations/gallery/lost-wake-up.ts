import { AsyncEvent, withTaskGroup } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** It looks, then gets ready to wait; the signal comes in between, and is not kept. */
export const lostWakeUp: Bug = {
  name: "lost wake-up",
  kind: "lost wake-up",
  seeds: { random: 10, pct: 10 },
  steps: 2,
  program: (fixed) => async () => {
    const changed = new AsyncEvent({ name: "changed" });
    let ready = false;
    await withTaskGroup((group) => {
      group.spawn(
        async (scope) => {
          if (ready) return;
          await step("prepare to wait");
          if (fixed && ready) return;
          await changed.wait(scope);
        },
        { name: "waiter" },
      );
      group.spawn(
        async () => {
          await step("make ready");
          ready = true;
          changed.set();
          changed.clear(); // a pulse: who is not waiting now never hears of it
        },
        { name: "maker" },
      );
    });
  },
};
