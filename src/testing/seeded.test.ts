import { expect, test } from "vitest";
import { seededRandom } from "./seeded.js";

const take = (seed: number, count: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

test("a seed gives the same numbers for ever", () => {
  expect(take(1, 1_000)).toEqual(take(1, 1_000));
  expect(take(1, 3).map((n) => Math.floor(n * 2 ** 32))).toMatchInlineSnapshot(`
    [
      1359504952,
      3827716927,
      3866437631,
    ]
  `);
});

test("seeds side by side give different numbers", () => {
  const firsts = new Set(Array.from({ length: 1_000 }, (_, seed) => take(seed, 1)[0]));
  expect(firsts.size).toBe(1_000);
});

test("numbers are in [0, 1), about evenly spread, for odd seeds too", () => {
  for (const seed of [0, 7, 0x9e3779b9, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const n of take(seed, 10_000)) {
      expect(n >= 0 && n < 1).toBe(true);
      const tenth = Math.floor(n * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(Math.min(...tenths)).toBeGreaterThan(800);
  }
});
