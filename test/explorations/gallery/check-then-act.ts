import { expect } from "vitest";
import { all, Lock } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Both look whether there is a seat, and then both take it. */
export const checkThenAct: Bug = {
  name: "check then act",
  kind: "failure",
  seeds: { random: 10, pct: 10 },
  steps: 3,
  program: (fixed) => async () => {
    let seats = 1;
    const lock = new Lock();
    const take = async (): Promise<void> => {
      if (seats === 0) return;
      await step("pay");
      seats -= 1;
    };
    const book = () => (fixed ? lock.run(take) : take());
    await all([book, book]);
    expect(seats).toBe(0);
  },
};
