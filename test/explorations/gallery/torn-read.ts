import { expect } from "vitest";
import { all, RwLock } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Two fields that belong together are written one after the other, and read in between. */
export const tornRead: Bug = {
  name: "torn read",
  kind: "failure",
  seeds: { random: 10, pct: 20 },
  steps: 4,
  program: (fixed) => async () => {
    const lock = new RwLock();
    const range = { from: 0, to: 0 };
    const write = async (): Promise<void> => {
      using held = fixed ? await lock.write() : undefined;
      range.from = 10;
      await step("write the other end");
      range.to = 10;
    };
    const read = async (): Promise<void> => {
      using held = fixed ? await lock.read() : undefined;
      await step("read");
      expect(range.from).toBe(range.to);
    };
    await all([write, read]);
  },
};
