import { Queue, withTaskGroup } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Looks whether the queue is open, and puts when it is closed. */
export const closedMeanwhile: Bug = {
  name: "closed meanwhile",
  kind: "failure",
  seeds: { random: 10, pct: 10 },
  steps: 3,
  program: (fixed) => async () => {
    const queue = new Queue<string>({ capacity: 10 });
    await withTaskGroup((group) => {
      group.spawn(
        async () => {
          if (queue.stats().closed) return;
          await step("read the item");
          if (fixed && queue.stats().closed) return;
          await queue.put("item");
        },
        { name: "producer" },
      );
      group.spawn(() => step("shut down").then(() => queue.close()), { name: "owner" });
    });
  },
};
