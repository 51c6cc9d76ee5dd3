import { expect } from "vitest";
import { all, Lock } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Two read the same balance, and the second to write forgets what the first has done. */
export const lostUpdate: Bug = {
  name: "lost update",
  kind: "failure",
  seeds: { random: 10, pct: 10 },
  steps: 3,
  program: (fixed) => async () => {
    let balance = 100;
    const lock = new Lock();
    const change = async (amount: number): Promise<void> => {
      const before = balance;
      await step("write balance");
      balance = before + amount;
    };
    const deposit = (amount: number) => () =>
      fixed ? lock.run(() => change(amount)) : change(amount);
    await all([deposit(10), deposit(20)]);
    expect(balance).toBe(130);
  },
};
