import { RwLock, withTaskGroup } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Two readers want to become writers: each waits for the other to stop reading. */
export const upgrade: Bug = {
  name: "upgrade of a read lock",
  kind: "deadlock",
  seeds: { random: 10, pct: 30 },
  steps: 4,
  program: (fixed) => async () => {
    const lock = new RwLock({ name: "table" });
    const update = async (): Promise<void> => {
      const reading = await lock.read();
      await step("look");
      if (fixed) reading.release(); // and look again as a writer
      const writing = await lock.write();
      writing.release();
      reading.release();
    };
    await withTaskGroup((group) => {
      group.spawn(update, { name: "A" });
      group.spawn(update, { name: "B" });
    });
  },
};
