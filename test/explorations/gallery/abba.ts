import { Lock, withTaskGroup } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Each holds the lock that the other wants. The cure is one order for all. */
export const abba: Bug = {
  name: "ABBA deadlock",
  kind: "deadlock",
  seeds: { random: 10, pct: 30 },
  steps: 2,
  program: (fixed) => async () => {
    const a = new Lock({ name: "a" });
    const b = new Lock({ name: "b" });
    const transfer = (first: Lock, second: Lock) => () =>
      first.run(() => second.run(() => step("transfer")));
    await withTaskGroup((group) => {
      group.spawn(transfer(a, b), { name: "A" });
      group.spawn(fixed ? transfer(a, b) : transfer(b, a), { name: "B" });
    });
  },
};
