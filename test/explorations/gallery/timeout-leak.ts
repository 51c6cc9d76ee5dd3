import { sleep, withTimeout } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** The work was faster, and the timer of the race is never stopped. */
export const timeoutLeak: Bug = {
  name: "timer left behind",
  kind: "leak",
  seeds: { random: 10, pct: 10 },
  steps: 1,
  program: (fixed) => async () => {
    if (fixed) await withTimeout(30_000, () => step("fetch")).catch(() => {});
    else await Promise.race([step("fetch"), sleep(30_000)]);
  },
};
