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
});

/** More than three times what the hardest of them takes. */
const SEEDS_FOR_A_BUG = 3000;

test.each(mutants)("$file: $name: is noticed", async (mutant) => {
  const explorer = new Explorer(await bundle(mutant));
  try {
    expect(await explorer.random(mutant.scenario, SEEDS_FOR_A_BUG)).toMatch(/^seed \d+: /);
  } finally {
    await explorer.close();
  }
});
