import { expect } from "vitest";
import { Condition, Lock, withTaskGroup } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Looks once before it waits and not again after: somebody else was faster to take the item. */
export const ifNotWhile: Bug = {
  name: "if instead of while",
  kind: "failure",
  seeds: { random: 50, pct: 100 },
  steps: 10,
  program: (fixed) => async () => {
    const lock = new Lock();
    const changed = new Condition(lock);
    const items: string[] = [];
    const take = () =>
      lock.run(async () => {
        if (fixed) await changed.waitFor(() => items.length > 0);
        else if (items.length === 0) await changed.wait();
        expect(items.shift()).toBeDefined();
      });
    const put = () =>
      lock.run(() => {
        items.push("item");
        changed.notify();
      });
    await withTaskGroup((group) => {
      group.spawn(take, { name: "first" });
      group.spawn(() => step("come").then(take), { name: "second" });
      group.spawn(
        () =>
          step("make")
            .then(put)
            .then(() => step("make"))
            .then(put),
        { name: "maker" },
      );
    });
  },
  fixed: { strategy: "exhaustive", preemptions: 2 },
};
