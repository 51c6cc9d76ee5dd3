import { Lock, withTaskGroup } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Three at a table, each with one fork in hand. The cure: the last one takes them the other way round. */
export const philosophers: Bug = {
  name: "dining philosophers",
  kind: "deadlock",
  seeds: { random: 20, pct: 100 },
  steps: 3,
  program: (fixed) => async () => {
    const forks = [0, 1, 2].map((n) => new Lock({ name: `fork ${n}` }));
    await withTaskGroup((group) => {
      for (let seat = 0; seat < 3; seat += 1) {
        let [first, second] = [forks[seat]!, forks[(seat + 1) % 3]!];
        if (fixed && seat === 2) [first, second] = [second, first];
        group.spawn(() => first.run(() => second.run(() => step("eat"))), { name: `seat ${seat}` });
      }
    });
  },
  fixed: { strategy: "exhaustive", preemptions: 2 },
};
