import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LifoQueue } from "./lifo-queue.js";
import { PriorityQueue } from "./priority-queue.js";

interface Job {
  readonly rank: number;
  readonly name: string;
}
const byRank = (a: Job, b: Job): number => a.rank - b.rank;

test("the smallest item comes out first, ties in the order in which they went in", async () => {
  const queue = new PriorityQueue<Job>({ capacity: 10, compare: byRank });
  for (const [rank, name] of [
    [2, "a"],
    [1, "b"],
    [2, "c"],
    [1, "d"],
    [0, "e"],
  ] as const) {
    await queue.put({ rank, name });
  }
  expect((await queue.getMany(10)).map((job) => job.name)).toEqual(["e", "b", "d", "a", "c"]);
});

test("it sorts as a stable sort does, whatever goes in", () => {
  const ranks = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 });
  fc.assert(
    fc.property(ranks, fc.nat(60), (input, takenMidway) => {
      const queue = new PriorityQueue<Job>({ capacity: Infinity, compare: byRank });
      const model: Job[] = [];
      const takeBoth = (): void => {
        model.sort(byRank);
        expect(queue.tryGet()?.value).toBe(model.shift());
      };
      input.forEach((rank, n) => {
        const job = { rank, name: `${n}` };
        queue.tryPut(job);
        model.push(job);
        if (n === takenMidway) takeBoth();
      });
      while (queue.size > 0) takeBoth();
      expect(model).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

test("an item whose put still waits does not take part yet; then it takes its place by rank", async () => {
  const queue = new PriorityQueue<Job>({ capacity: 2, compare: byRank });
  await queue.put({ rank: 5, name: "a" });
  await queue.put({ rank: 6, name: "b" });
  const waiting = queue.put({ rank: 0, name: "c" });
  expect((await queue.get()).name).toBe("a");
  await waiting;
  expect((await queue.get()).name).toBe("c");
  expect((await queue.get()).name).toBe("b");
});

test("an item goes straight to a getter in line, in the order of putting", async () => {
  const queue = new PriorityQueue<Job>({ capacity: 2, compare: byRank });
  const getters = [queue.get(), queue.get()];
  await queue.put({ rank: 9, name: "a" });
  await queue.put({ rank: 1, name: "b" });
  expect((await Promise.all(getters)).map((job) => job.name)).toEqual(["a", "b"]);
});

test("a compare that throws costs the call that it was called for, and no item", () => {
  const FAILED = new Error("cannot compare");
  let callsLeft = Infinity;
  const compare = (a: number, b: number): number => {
    if ((callsLeft -= 1) < 0) throw FAILED;
    return a - b;
  };
  const ranks = fc.array(fc.nat(9), { minLength: 1, maxLength: 30 });
  const call = fc.constantFrom("put", "get");
  fc.assert(
    fc.property(ranks, call, fc.nat(6), (input, call, calls) => {
      const queue = new PriorityQueue<number>({ capacity: Infinity, compare });
      callsLeft = Infinity;
      for (const rank of input) queue.tryPut(rank);
      const expected = input.toSorted((a, b) => a - b);
      let failure: unknown;
      callsLeft = calls;
      try {
        if (call === "get") queue.tryGet();
        else queue.tryPut(-1);
      } catch (error) {
        failure = error;
      }
      expect([undefined, FAILED]).toContain(failure);
      callsLeft = Infinity;
      if (failure === undefined && call === "get") expected.shift();
      else if (failure === undefined) expected.unshift(-1);
      const puts = call === "put" ? expected.length : input.length;
      expect(queue.stats()).toMatchObject({ buffered: expected.length, unfinished: puts });
      expect(expected.map(() => queue.tryGet()?.value)).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});

test("a put in line whose item cannot be compared rejects, and the next in line moves up", async () => {
  const byRank = (a: number, b: number): number => {
    if (Number.isNaN(a) || Number.isNaN(b)) throw new TypeError("not a rank");
    return a - b;
  };
  const queue = new PriorityQueue<number>({ capacity: 2, compare: byRank });
  for (const rank of [2, 1]) await queue.put(rank);
  const bad = queue.put(NaN);
  const good = queue.put(0);
  expect(await queue.get()).toBe(1);
  await expect(bad).rejects.toThrow("not a rank");
  await good;
  expect(await queue.getMany(3)).toEqual([0, 2]);
});

test("wrong arguments throw at the call, with the value", () => {
  const make = (options: unknown) => () =>
    new PriorityQueue(options as { capacity: number; compare: () => number });
  expect(make({ capacity: 0, compare: byRank })).toThrow(
    new RangeError("capacity must be an integer >= 1 or Infinity, got 0"),
  );
  expect(make({ capacity: 1 })).toThrow(new TypeError("compare must be a function, got undefined"));
  expect(() => new LifoQueue({ capacity: -1 })).toThrow(
    new RangeError("capacity must be an integer >= 1 or Infinity, got -1"),
  );
});

test("a LifoQueue gives the newest item first", async () => {
  const stack = new LifoQueue<number>({ capacity: 3 });
  for (const item of [1, 2, 3]) await stack.put(item);
  const waiting = stack.put(4);
  expect([await stack.get(), await stack.get()]).toEqual([3, 4]);
  await waiting;
  stack.close();
  const rest: number[] = [];
  for await (const item of stack) rest.push(item);
  expect(rest).toEqual([2, 1]);
});
