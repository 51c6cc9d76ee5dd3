import { expect } from "vitest";
import { all } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Walks by index over a list that others take from: everybody moves up, and one is passed over. */
export const movingList: Bug = {
  name: "list that moves",
  kind: "failure",
  seeds: { random: 10, pct: 20 },
  steps: 4,
  program: (fixed) => async () => {
    const listeners = ["a", "b", "c"];
    const told: string[] = [];
    const tell = async (): Promise<void> => {
      const list = fixed ? [...listeners] : listeners;
      for (let i = 0; i < list.length; i += 1) {
        told.push(list[i]!);
        await step(`tell ${list[i]}`);
      }
    };
    const leave = async (): Promise<void> => {
      await step("a leaves");
      listeners.splice(0, 1);
    };
    await all([tell, leave]);
    expect(told).toContain("b");
  },
};
