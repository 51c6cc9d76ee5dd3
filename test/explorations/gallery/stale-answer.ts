import { expect } from "vitest";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** The answer to the older question comes last, and replaces the newer one. */
export const staleAnswer: Bug = {
  name: "stale answer",
  kind: "failure",
  seeds: { random: 10, pct: 20 },
  steps: 2,
  program: (fixed) => async () => {
    let shown = "";
    let latest = 0;
    const search = async (text: string): Promise<void> => {
      const mine = (latest += 1);
      await step(`search ${text}`);
      if (!fixed || mine === latest) shown = text;
    };
    await Promise.all([search("we"), search("weft")]);
    expect(shown).toBe("weft");
  },
};
