import { Queue, withTaskGroup } from "../../../src/index.js";
import type { Bug } from "./bug.js";

/** Two stages answer each other through bounded queues: both full, both wait for room. */
export const boundedQueues: Bug = {
  name: "deadlock of bounded queues",
  kind: "deadlock",
  seeds: { random: 10, pct: 10 },
  steps: 6,
  program: (fixed) => async () => {
    const requests = new Queue<number>({ capacity: 1, name: "requests" });
    const answers = new Queue<number>({ capacity: 1, name: "answers" });
    await withTaskGroup((group) => {
      group.spawn(
        async (scope) => {
          for (const n of [1, 2, 3, 4]) {
            await requests.put(n, scope);
            if (fixed) await answers.get(scope);
          }
          if (!fixed) for (let i = 0; i < 4; i += 1) await answers.get(scope);
        },
        { name: "client" },
      );
      group.spawn(
        async (scope) => {
          for (let i = 0; i < 4; i += 1) await answers.put((await requests.get(scope)) * 2, scope);
        },
        { name: "server" },
      );
    });
  },
};
