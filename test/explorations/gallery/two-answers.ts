import { expect } from "vitest";
import { all } from "../../../src/index.js";
import { linearizable, step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** A ticket machine that gives a number twice. */
export const twoAnswers: Bug = {
  name: "one number for two",
  kind: "not linearizable",
  seeds: { random: 10, pct: 10 },
  steps: 3,
  program: (fixed) => async () => {
    let last = 0;
    const draw = async (): Promise<number> => {
      const next = last + 1;
      if (!fixed) await step("print");
      last = next;
      if (fixed) await step("print");
      return next;
    };
    const history = linearizable({
      start: () => ({ last: 0 }),
      operations: { draw: (state) => (state.last += 1) },
    });
    const tickets = await all([1, 2].map(() => () => history.call("draw", [], draw)));
    expect(tickets).toHaveLength(2);
  },
};
