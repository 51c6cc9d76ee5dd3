import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundle } from "./interleavings/bundle.js";
import { Explorer } from "./interleavings/explorer.js";
import { mutants } from "./interleavings/mutants.js";
import { scenarios } from "./interleavings/scenarios.js";

/** By hand, for a longer search: `WEFT_SEEDS=20000 npx vitest run --project interleavings`. */
const SEEDS = Number(process.env["WEFT_SEEDS"] ?? 300);
const names = Object.keys(scenarios);

describe("the primitives, however their threads take turns", () => {
  let explorer: Explorer;
  beforeAll(async () => {
    explorer = new Explorer(await bundle());
  });
  afterAll(() => explorer.close());

  test.each(names)("%s", async (name) => {
    expect(await explorer.random(name, SEEDS)).toBe(undefined);
  });

  const MOST_RUNS = 20_000;

  // Where nothing forces a thread to give up its turn, it does so this many times, at any accesses.
  test.each([
    ["lock, reentrant", 4],
    ["lock: three block", 2],
    ["lock: aborts", 2],
    ["lock, fair: three block", 2],
    ["lock, fair: aborts", 2],
    ["rw-lock: readers and a writer", 2],
    ["semaphore: light and heavy", 2],
    ["condition: two block", 2],
    ["event", 3],
    ["barrier: two rounds", 3],
    ["barrier: one awaits", 3],
    ["channel: in order", 2],
    ["channel: closing", 2],
    ["channel: one of two leaves", 2],
    ["struct: read while it changes", 3],
    ["death: of a lock's holder", 1],
    ["death: in a channel", 1],
  ])("%s: every run with %d preemptions at most", async (name, preemptions) => {
    const { found, runs } = await explorer.exhaustive(name, preemptions, MOST_RUNS);
    expect(found).toBe(undefined);
    expect(runs).toBeGreaterThan(100);
  });
});

/** More than three times what the hardest of them takes. */
const SEEDS_FOR_A_BUG = 10_000;

test.each(mutants)("$file: $name: is noticed", async (mutant) => {
  const explorer = new Explorer(await bundle(mutant));
  try {
    expect(await explorer.random(mutant.scenario, SEEDS_FOR_A_BUG)).toMatch(/^seed \d+: /);
  } finally {
    await explorer.close();
  }
});
