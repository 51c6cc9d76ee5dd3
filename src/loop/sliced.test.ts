import { afterEach, beforeEach, expect, test } from "vitest";
import { CancelScope, type Host, installHost, nextSlice, realHost } from "../core/index.js";
import { sliced } from "./index.js";

/** A clock that moves when the test says so; turns are the platform's, and counted. */
const clock = { ms: 0, turns: 0 };
let installed: Disposable;

beforeEach(async () => {
  clock.ms = 0;
  const stepped: Host = {
    ...realHost,
    nowMs: () => clock.ms,
    soon(run) {
      clock.turns += 1;
      realHost.soon(run);
    },
  };
  installed = installHost(stepped);
  await nextSlice(undefined);
  clock.turns = 0;
});

afterEach(() => installed[Symbol.dispose]());

/** A source that knows whether it was closed. */
function source(count: number, perItemMs: number) {
  const state = { closed: false };
  function* items(): Generator<number> {
    try {
      for (let i = 0; i < count; i += 1) {
        clock.ms += perItemMs;
        yield i;
      }
    } finally {
      state.closed = true;
    }
  }
  return { state, items: items() };
}

test("it gives every item once, in order", async () => {
  const seen: number[] = [];
  for await (const n of sliced(source(1_000, 0.01).items)) seen.push(n);
  expect(seen).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
});

test("the loop gets a turn whenever the budget is spent, and none before", async () => {
  for (const [perItemMs, budgetMs] of [
    [0.001, 5],
    [0.1, 5],
    [1, 5],
    [3, 5],
    [7, 5],
    [0.5, 20],
  ] as const) {
    await nextSlice(undefined);
    clock.turns = 0;
    let longestMs = 0;
    let turnMs = clock.ms;
    let turns = 0;
    for await (const _ of sliced(source(3_000, perItemMs).items, { budgetMs })) {
      if (clock.turns > turns) turnMs = clock.ms - perItemMs;
      turns = clock.turns;
      longestMs = Math.max(longestMs, clock.ms - turnMs);
    }
    const mostMs = perItemMs < budgetMs ? 2 * budgetMs : budgetMs + perItemMs;
    const what = `${perItemMs} ms per item, ${budgetMs} ms budget`;
    expect(longestMs, what).toBeLessThan(mostMs);
    const fewest = Math.ceil((3_000 * perItemMs) / mostMs);
    expect(turns, what).toBeGreaterThanOrEqual(fewest - 1);
    expect(turns, what).toBeLessThanOrEqual(Math.ceil((3_000 * perItemMs) / budgetMs));
  }
});

test("several loops take turns: between two slices the loop runs", async () => {
  const inTurn = new Map<number, number>();
  const run = async (): Promise<void> => {
    for await (const _ of sliced(source(200, 1).items))
      inTurn.set(clock.turns, (inTurn.get(clock.turns) ?? 0) + 1);
  };
  await Promise.all([run(), run(), run()]);
  expect(Math.max(...inTurn.values())).toBeLessThan(10);
});

test("a cancel ends it, and closes the source", async () => {
  const scope = new CancelScope();
  const { items, state } = source(1e6, 1);
  const run = async (): Promise<void> => {
    for await (const n of sliced(items, scope)) if (n === 50) scope.cancel("enough");
  };
  await expect(run()).rejects.toBe("enough");
  expect(state.closed).toBe(true);
  await expect(sliced([1], scope)[Symbol.asyncIterator]().next()).rejects.toBe("enough");
});

test("who leaves closes the source, and an error of the source comes through", async () => {
  const { items, state } = source(10, 0);
  for await (const n of sliced(items)) if (n === 2) break;
  expect(state.closed).toBe(true);
  function* failing(): Generator<number> {
    yield 1;
    throw new Error("torn");
  }
  const run = async (): Promise<void> => {
    for await (const _ of sliced(failing()));
  };
  await expect(run()).rejects.toThrow("torn");
});

test("bad arguments are refused at the call, with the value", () => {
  expect(() => sliced(5 as never)).toThrow("items must be iterable, got 5");
  expect(() => sliced([], { budgetMs: 0 })).toThrow("budgetMs must be a finite number > 0, got 0");
});
