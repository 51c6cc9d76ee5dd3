import { expect } from "vitest";
import { all } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Everybody finds the cache empty, and everybody loads. The cure is to keep the promise, not the value. */
export const stampede: Bug = {
  name: "cache stampede",
  kind: "failure",
  seeds: { random: 10, pct: 10 },
  steps: 3,
  program: (fixed) => async () => {
    let loads = 0;
    let value: number | undefined;
    let loading: Promise<number> | undefined;
    const load = async (): Promise<number> => {
      loads += 1;
      await step("load");
      return (value = 42);
    };
    const get = (): number | Promise<number> => {
      if (fixed) return (loading ??= load());
      return value ?? load();
    };
    await all([get, get]);
    expect(loads).toBe(1);
  },
};
