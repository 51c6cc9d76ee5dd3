import { expect, test } from "vitest";
import { sleep } from "../task/index.js";
import { VirtualHost } from "../testing/index.js";
import { mapConcurrent, pipeline } from "./index.js";

const double = (n: number): number => 2 * n;

test("an array that shrinks during the run gives as many results as items that were pulled", async () => {
  const items = [1, 2, 3, 4];
  const shrink = (n: number): number => {
    items.length = 2;
    return double(n);
  };
  expect(await mapConcurrent(items, shrink, { limit: 1 }).toArray()).toEqual([2, 4]);
  const all = [1, 2, 3, 4];
  const empty = (n: number): number => {
    all.length = 0;
    return double(n);
  };
  expect(await mapConcurrent(all, empty, { limit: 3 }).toArray()).toEqual([2]);
});

test("an array that grows during the run gives results for what was added, too", async () => {
  const items = [1, 2];
  const grow = (n: number): number => {
    if (items.length < 5) items.push(items.length + 1);
    return double(n);
  };
  expect(await mapConcurrent(items, grow, { limit: 2 }).toArray()).toEqual([2, 4, 6, 8, 10]);
});

test("an array with an iterator of its own gives what that iterator gives", async () => {
  class Odd extends Array<number> {
    override *[Symbol.iterator](): ArrayIterator<number> {
      for (let i = 0; i < this.length; i += 2) yield this[i] as number;
    }
  }
  const odd = Odd.from([1, 2, 3, 4, 5]);
  expect(await mapConcurrent(odd, double, { limit: 2 }).toArray()).toEqual([2, 6, 10]);
});

test("holes in an array are items with the value undefined", async () => {
  const holes = new Array<number>(3);
  const results = await mapConcurrent(holes, (n) => n ?? "hole", { limit: 2 }).toArray();
  expect(results).toEqual(["hole", "hole", "hole"]);
});

test("the result has no holes where a filter dropped items, and keeps an undefined that it let through", async () => {
  const items = [0, undefined, 2, undefined, 4, 5];
  const filtered = await pipeline(items)
    .filter((n) => n !== 2 && n !== 5, { limit: 3 })
    .collect();
  expect(filtered).toEqual([0, undefined, undefined, 4]);
  expect(Object.keys(filtered)).toHaveLength(4);
});

test("results that come in another order than their items fill the array without a gap", async () => {
  const took = Array.from({ length: 40 }, (_, n) => (n * 17) % 41);
  await new VirtualHost().run(async () => {
    function* source(): Generator<number> {
      yield* took;
    }
    const slow = (ms: number) => sleep(ms).then(() => ms);
    for (const items of [took, source()])
      expect(await mapConcurrent(items, slow, { limit: 40 }).toArray()).toEqual(took);
  });
});
