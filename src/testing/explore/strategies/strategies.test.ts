import { expect, test } from "vitest";
import {
  type Chooser,
  DeviatingChooser,
  Exhaustive,
  NotingChooser,
  PctChooser,
  RandomChooser,
  readReplayId,
  replayId,
} from "./index.js";

/** Lets threads of so many steps run as the chooser says; gives the order, e.g. "aabb". */
function interleave(chooser: Chooser, lengths: Readonly<Record<string, number>>): string {
  const left = new Map(Object.entries(lengths));
  let order = "";
  while (left.size > 0) {
    const options = [...left].map(([who, steps]) => ({ who, what: `${steps} left` }));
    const { who } = options[chooser.choose(options)]!;
    order += who;
    left.set(who, left.get(who)! - 1);
    if (left.get(who) === 0) left.delete(who);
  }
  return order;
}

function every(lengths: Readonly<Record<string, number>>, preemptions = Infinity): string[] {
  const strategy = new Exhaustive(preemptions);
  const orders: string[] = [];
  for (let chooser = strategy.next(); chooser !== undefined; chooser = strategy.next()) {
    orders.push(interleave(chooser, lengths));
  }
  return orders;
}

/** How often the turn was taken from somebody who had steps left. */
function preemptionsIn(order: string): number {
  let count = 0;
  for (let i = 1; i < order.length; i += 1) {
    if (order[i] !== order[i - 1] && order.slice(i).includes(order[i - 1]!)) count += 1;
  }
  return count;
}

test("exhaustive gives every order, once each", () => {
  expect(every({ a: 2, b: 2 }).toSorted()).toEqual("aabb abab abba baab baba bbaa".split(" "));
  const orders = every({ a: 3, b: 3, c: 3 });
  expect(orders).toHaveLength(1_680);
  expect(new Set(orders).size).toBe(1_680);
});

test.each([0, 1, 2, 3])("with %i preemptions it gives just the orders with so many", (most) => {
  const lengths = { a: 3, b: 3, c: 2 };
  const wanted = every(lengths).filter((order) => preemptionsIn(order) <= most);
  expect(every(lengths, most).toSorted()).toEqual(wanted.toSorted());
});

test("the first order is the one without interference", () => {
  expect(every({ a: 3, b: 2 })[0]).toBe("aaabb");
});

test("exhaustive notices that a program is not the same any more", () => {
  const strategy = new Exhaustive(Infinity);
  interleave(strategy.next()!, { a: 2, b: 2 });
  expect(() => interleave(strategy.next()!, { a: 2, b: 2, c: 1 })).toThrow("the same schedule");
});

test("random gives the same order for a seed, and all orders in the end", () => {
  const lengths = { a: 2, b: 2 };
  const orders = new Set<string>();
  for (let seed = 0; seed < 100; seed += 1) {
    const order = interleave(new RandomChooser(seed), lengths);
    expect(interleave(new RandomChooser(seed), lengths)).toBe(order);
    orders.add(order);
  }
  expect(orders.size).toBe(6);
});

test("pct takes the turn away as often as it is told, and no more", () => {
  for (const changes of [0, 1, 2]) {
    const counts = new Set<number>();
    for (let seed = 0; seed < 300; seed += 1) {
      const order = interleave(new PctChooser(seed, changes, 12), { a: 4, b: 4, c: 4 });
      counts.add(preemptionsIn(order));
    }
    expect(Math.max(...counts)).toBe(changes);
  }
});

test("whoever could go on for ever gives way", () => {
  const choosers = [
    new PctChooser(1, 0, 100),
    new DeviatingChooser([]),
    new Exhaustive(0).next()!,
    new RandomChooser(1),
  ];
  for (const chooser of choosers) expect(interleave(chooser, { a: 1_000, b: 1 })).not.toMatch(/b$/);
});

test("what a chooser did differently is enough to do it again", () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const lengths = { a: 4, b: 3, c: 3 };
    const noting = new NotingChooser(new RandomChooser(seed));
    const order = interleave(noting, lengths);
    const { deviations } = readReplayId(replayId({ seed, deviations: noting.deviations }));
    expect(interleave(new DeviatingChooser(deviations), lengths)).toBe(order);
  }
});

test("a replay id is short, and anything else is refused", () => {
  expect(replayId({ seed: 0, deviations: [] })).toBe("0");
  expect(replayId({ seed: 7, deviations: [{ at: 4, option: 1 }] })).toBe("7:4.1");
  expect(readReplayId("7:4.1-9.2").deviations).toEqual([
    { at: 4, option: 1 },
    { at: 9, option: 2 },
  ]);
  for (const id of ["", "x", "7:", "7:4", "7:4.1-", "-1"]) {
    expect(() => readReplayId(id)).toThrow(`got ${JSON.stringify(id)}`);
  }
});
