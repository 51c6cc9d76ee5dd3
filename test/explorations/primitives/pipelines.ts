import assert from "node:assert/strict";
import { forEachConcurrent, mapConcurrent, now, pipeline, sleep } from "../../../src/index.js";
import { step } from "../../../src/testing/explore/index.js";
import { type Explorations, large, small } from "./explorations.js";

/** The one whose failure shall stop nothing. */
const COLLECTED = 1;

/** A function that doubles, counts how many of it run, and fails for `bad`. */
function doubling(bad?: number) {
  const state = { running: 0, most: 0, started: 0, failed: false };
  const double = async (n: number): Promise<number> => {
    assert.ok(!state.failed || bad === COLLECTED, "started after a failure");
    state.running += 1;
    state.started += 1;
    state.most = Math.max(state.most, state.running);
    try {
      await step(`double ${n}`);
      if (n === bad) {
        state.failed = true;
        throw new Error("bad");
      }
      return n * 2;
    } finally {
      state.running -= 1;
    }
  };
  return { double, state };
}

async function* source(count: number): AsyncGenerator<number> {
  for (let n = 0; n < count; n += 1) {
    await step(`item ${n}`);
    yield n;
  }
}

export const maps: Explorations = {
  "the values in order, within the limit": small(async () => {
    const { double, state } = doubling();
    const values = await mapConcurrent([0, 1, 2], double, { limit: 2 }).toArray();
    assert.deepEqual(values, [0, 2, 4]);
    assert.ok(state.most <= 2, `${state.most} at once`);
  }),
  "the same as they are read": small(async () => {
    const { double, state } = doubling();
    const values: number[] = [];
    for await (const value of mapConcurrent(source(3), double, { limit: 2 })) values.push(value);
    assert.deepEqual(values, [0, 2, 4]);
    assert.ok(state.most <= 2);
  }, 1),
  "unordered: each once": small(async () => {
    const { double } = doubling();
    const values: number[] = [];
    for await (const value of mapConcurrent([0, 1, 2], double, { limit: 2, ordered: false }))
      values.push(value);
    assert.deepEqual(new Set(values), new Set([0, 2, 4]));
  }, 1),
  "a failure stops it, and all is joined": small(async () => {
    const { double, state } = doubling(0);
    const map = mapConcurrent([0, 1, 2, 3], double, { limit: 2 }).toArray();
    await assert.rejects(map, { code: "TASKS_FAILED", indices: [0] });
    assert.equal(state.running, 0);
  }),
  "collect goes on after a failure": small(async () => {
    const { double, state } = doubling(COLLECTED);
    const map = mapConcurrent([0, 1, 2], double, { limit: 2, onError: "collect" }).toArray();
    await assert.rejects(map, { code: "TASKS_FAILED" });
    assert.equal(state.started, 3);
  }),
  "leaving early cancels and joins": small(async () => {
    const { double, state } = doubling();
    for await (const value of mapConcurrent([0, 1, 2, 3], double, { limit: 2 })) {
      assert.equal(value, 0);
      break;
    }
    assert.equal(state.running, 0);
  }, 1),
  "forEachConcurrent sees each item once": small(async () => {
    const { double, state } = doubling();
    await forEachConcurrent([0, 1, 2], double, { limit: 2 });
    assert.deepEqual([state.started, state.running], [3, 0]);
    assert.ok(state.most <= 2);
  }),
  "all of that with more": large(async () => {
    const { double, state } = doubling();
    const values = await mapConcurrent(source(8), double, { limit: 3 }).toArray();
    assert.deepEqual(
      values,
      [0, 1, 2, 3, 4, 5, 6, 7].map((n) => n * 2),
    );
    assert.ok(state.most <= 3);
  }),
};

export const pipelines: Explorations = {
  "steps in a row keep items and order": small(async () => {
    const { double } = doubling();
    const values = await pipeline([1, 2, 3])
      .map(double, { limit: 2 })
      .filter((n) => n !== 4)
      .collect();
    assert.deepEqual(values, [2, 6]);
  }, 1),
  "flatMap and batch lose nothing": small(async () => {
    const values = await pipeline([1, 2, 3])
      .flatMap((n) => [n, n])
      .batch(4)
      .collect();
    assert.deepEqual(values, [
      [1, 1, 2, 2],
      [3, 3],
    ]);
  }),
  "a batch goes when its time is over": small(async () => {
    const batches: [number[], number][] = [];
    async function* slow() {
      yield 1;
      await sleep(1_000);
      yield 2;
    }
    for await (const batch of pipeline(slow()).batch(5, { maxWaitMs: 100 }))
      batches.push([batch, now()]);
    assert.deepEqual(batches, [
      [[1], 100],
      [[2], 1_000],
    ]);
  }, 1),
  "a failure in a step ends all of them": small(async () => {
    const { double, state } = doubling(2);
    const run = pipeline([1, 2, 3]).map(double, { limit: 2 }).map(double, { limit: 1 }).collect();
    await assert.rejects(run, { code: "TASKS_FAILED" });
    assert.equal(state.running, 0);
  }, 1),
  "all of that with more": large(async () => {
    const { double } = doubling();
    const values = await pipeline(source(6)).map(double, { limit: 3 }).batch(2).collect();
    assert.deepEqual(values, [
      [0, 2],
      [4, 6],
      [8, 10],
    ]);
  }),
};
