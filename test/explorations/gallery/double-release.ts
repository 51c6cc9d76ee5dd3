import { expect } from "vitest";
import { all } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";
import { CountingSemaphore } from "./counting-semaphore.js";

/** The error path gives the permit back, and `finally` does so again: one too many, for ever. */
export const doubleRelease: Bug = {
  name: "double release",
  kind: "failure",
  seeds: { random: 30, pct: 30 },
  steps: 5,
  program: (fixed) => async () => {
    const semaphore = new CountingSemaphore(1);
    let inside = 0;
    const work = (fails: boolean) => async () => {
      await semaphore.acquire();
      try {
        inside += 1;
        expect(inside).toBe(1);
        await step(fails ? "work that fails" : "work");
        inside -= 1;
        if (fails && !fixed) semaphore.release();
      } finally {
        semaphore.release();
      }
    };
    await all([work(true), work(false), work(false)]);
  },
  fixed: { strategy: "exhaustive" },
};
