import { withTaskGroup } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Starts two at once and awaits them one after the other: if the second fails first, nobody is there. */
export const unheard: Bug = {
  name: "rejection unheard",
  kind: "unhandled rejection",
  seeds: { random: 10, pct: 20 },
  steps: 1,
  program: (fixed) => async () => {
    const load = () => step("load");
    const check = () => step("check").then(() => Promise.reject(new Error("not allowed")));
    try {
      if (fixed) {
        await withTaskGroup((group) => {
          group.spawn(load);
          group.spawn(check);
        });
      } else {
        const [loading, checking] = [load(), check()];
        await loading;
        await checking;
      }
    } catch {} // the caller deals with it
  },
};
