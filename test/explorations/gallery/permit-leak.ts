import { Semaphore, withTaskGroup } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** The permit is given back at the end of the happy path only. */
export const permitLeak: Bug = {
  name: "permit lost on the error path",
  kind: "leak",
  seeds: { random: 20, pct: 20 },
  steps: 5,
  program: (fixed) => async () => {
    const slots = new Semaphore(2, { name: "slots" });
    let up = false;
    const call = async (): Promise<void> => {
      const permit = await slots.acquire();
      try {
        if (!up) throw new Error("connection refused");
        await step("call");
        permit.release();
      } finally {
        if (fixed) permit.release();
      }
    };
    await withTaskGroup((group) => {
      group.spawn(() => step("start the server").then(() => (up = true)), { name: "server" });
      group.spawn(() => call().catch(() => {}), { name: "client" });
    });
  },
};
