import { all, Lock } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Both give way when they meet, both try again at once, and so on for ever. The cure is one order. */
export const politeness: Bug = {
  name: "too polite",
  kind: "livelock",
  seeds: { random: 200, pct: 200 },
  steps: 60,
  maxSteps: 200,
  program: (fixed) => async () => {
    const [left, right] = [new Lock(), new Lock()];
    const pass = (first: Lock, second: Lock) => async () => {
      for (;;) {
        const one = await first.acquire();
        await step("look");
        const two = second.tryAcquire();
        one.release();
        two?.release();
        if (two !== undefined) return;
        await step("give way");
      }
    };
    await all([pass(left, right), fixed ? pass(left, right) : pass(right, left)]);
  },
};
