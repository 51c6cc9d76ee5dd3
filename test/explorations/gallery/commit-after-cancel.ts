import { expect } from "vitest";
import { withTimeout } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Does its work to the end though its time is up and its caller has reported a failure. */
export const commitAfterCancel: Bug = {
  name: "commit after the timeout",
  kind: "failure",
  seeds: { random: 10, pct: 50 },
  steps: 2,
  program: (fixed) => async () => {
    let committed = false;
    const outcome = await withTimeout(1_000, async (scope) => {
      await step("prepare");
      if (fixed) scope.throwIfCancelled();
      committed = true;
      scope.throwIfCancelled();
      return "ok";
    }).catch(() => "timed out");
    expect(committed).toBe(outcome === "ok");
  },
};
