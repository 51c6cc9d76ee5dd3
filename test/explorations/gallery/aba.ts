import { expect } from "vitest";
import { all } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** The value is what it was, so nothing has happened? A version tells. */
export const aba: Bug = {
  name: "ABA",
  kind: "failure",
  seeds: { random: 50, pct: 300 },
  steps: 5,
  program: (fixed) => async () => {
    const seat = { holder: "free", version: 0 };
    const set = (holder: string): void => {
      seat.holder = holder;
      seat.version += 1;
    };
    let changes = 0;
    const slow = async (): Promise<void> => {
      const { holder, version } = seat;
      const changesBefore = changes;
      await step("fill in the form");
      if (seat.holder !== holder || (fixed && seat.version !== version)) return;
      expect(changes).toBe(changesBefore); // it takes what it looked at
      set("slow");
    };
    const quick = async (): Promise<void> => {
      for (const holder of ["quick", "free"]) {
        await step(`set ${holder}`);
        if (seat.holder === "slow") return;
        changes += 1;
        set(holder);
      }
    };
    await all([slow, quick]);
  },
};
