import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Forecast, Model } from "./advice.js";
import { choose, MARGIN, nextToTry, rank } from "./choose.js";

const REST = {
  speedup: 1,
  predicted: 1,
  loopDelayMs: 0,
  transferMs: 0,
  memoryMb: 0,
  startUpMs: 0,
  limit: 1,
  workers: 1,
  tasksPerWorker: 1,
};
const forecastOf = (model: Model, perSecond: number, possible = true): Forecast => ({
  model,
  possible,
  perSecond,
  ...REST,
});
const rates = fc.double({ min: 0.001, max: 1e6, noNaN: true });
const flags = fc.boolean();
const WEIGHT = { async: 0, threads: 1, processes: 2 };

test("a heavier model is chosen only if it promises 15 % more than a lighter one", () => {
  fc.assert(
    fc.property(rates, rates, rates, flags, flags, (a, t, p, canThread, canFork) => {
      const all = [
        forecastOf("async", a),
        forecastOf("threads", t, canThread),
        forecastOf("processes", p, canFork),
      ];
      const chosen = choose(all);
      expect(chosen.possible).toBe(true);
      const others = all.filter(({ possible, model }) => possible && model !== chosen.model);
      const heavier = others.filter(({ model }) => WEIGHT[model] > WEIGHT[chosen.model]);
      expect(heavier.filter((each) => each.perSecond >= MARGIN * chosen.perSecond)).toEqual([]);
      const isAsync = chosen.model === "async";
      expect(isAsync || chosen.perSecond >= MARGIN * a).toBe(true);
      const ranked = rank(all, chosen);
      expect(ranked[0]).toBe(chosen);
      expect(ranked.map(({ model }) => model).toSorted()).toEqual([
        "async",
        "processes",
        "threads",
      ]);
    }),
  );
});

test("of equal promises the lighter model's is taken", () => {
  const all = [forecastOf("processes", 10), forecastOf("threads", 10), forecastOf("async", 10)];
  expect(choose(all).model).toBe("async");
});

test("tried is what would be chosen, and what comes near to async where the loop is the limit", () => {
  const near = (model: Model, speedup: number): Forecast => ({
    ...forecastOf(model, 10 * speedup),
    speedup,
  });
  const never = (): boolean => false;
  const better = [near("async", 1), near("threads", 1.5), near("processes", 1.4)];
  expect(nextToTry(better, true, never)?.model).toBe("threads");
  expect(nextToTry(better, true, (model) => model === "threads")).toBe(undefined);
  const alike = [near("async", 1), near("threads", 0.8), near("processes", 0.5)];
  expect(nextToTry(alike, true, never)?.model).toBe("threads");
  expect(nextToTry(alike, false, never)).toBe(undefined);
  expect(nextToTry(alike, true, (model) => model === "threads")).toBe(undefined);
});
