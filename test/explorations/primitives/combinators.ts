import assert from "node:assert/strict";
import {
  all,
  allSettled,
  any,
  asCompleted,
  race,
  sleep,
  withTaskGroup,
} from "../../../src/index.js";
import { step } from "../../../src/testing/explore/index.js";
import { type Explorations, large, small } from "./explorations.js";

/** Bodies that count how many of them run, and give their number; the `bad` ones fail. */
function bodies(count: number, bad: readonly number[] = []) {
  const state = { running: 0, most: 0, ended: [] as number[] };
  const list = Array.from({ length: count }, (_, i) => async () => {
    state.running += 1;
    state.most = Math.max(state.most, state.running);
    try {
      await step(`body ${i}`);
      if (bad.includes(i)) throw new Error(`bad ${i}`);
      state.ended.push(i);
      return i;
    } finally {
      state.running -= 1;
    }
  });
  return { list, state };
}

export const combinators: Explorations = {
  "all gives the values in order, within its limit": small(async () => {
    const { list, state } = bodies(3);
    assert.deepEqual(await all(list, { limit: 2 }), [0, 1, 2]);
    assert.ok(state.most <= 2, `${state.most} at once`);
  }),
  "all rejects with what failed, when nothing runs any more": small(async () => {
    const { list, state } = bodies(3, [1]);
    await assert.rejects(all(list), { code: "TASKS_FAILED" });
    assert.equal(state.running, 0);
  }),
  "allSettled gives every outcome": small(async () => {
    const { list } = bodies(3, [1]);
    const outcomes = await allSettled(list);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
  }),
  "any gives the first value, and joins the others": small(async () => {
    const { list, state } = bodies(3, [0]);
    assert.ok([1, 2].includes(await any(list)));
    assert.equal(state.running, 0);
  }),
  "race gives the first outcome, and joins the others": small(async () => {
    const { list, state } = bodies(2);
    const late = async (scope: { signal: AbortSignal }) => {
      await sleep(1_000, scope);
      return state.ended.push(9) && 9;
    };
    const first = await race([...list, late]);
    assert.equal(first, state.ended[0]);
    assert.equal(state.running, 0);
  }),
  "all of that with more": large(async () => {
    const { list, state } = bodies(6);
    assert.deepEqual(await all(list, { limit: 3 }), [0, 1, 2, 3, 4, 5]);
    assert.ok(state.most <= 3);
  }),
};

function completions(readers: number) {
  return async () => {
    const { list } = bodies(3, [2]);
    const seen: string[] = [];
    await withTaskGroup(async (group) => {
      const tasks = list.map((body, i) =>
        group.spawn(() => body().catch(() => -1), { name: `${i}` }),
      );
      const iterator = asCompleted(tasks)[Symbol.asyncIterator]();
      const read = async (): Promise<void> => {
        for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
          assert.notEqual(next.value.state, "running");
          seen.push(next.value.name);
        }
      };
      for (let i = 0; i < readers; i += 1) group.spawn(read, { name: `reader ${i}` });
    });
    assert.deepEqual(seen.toSorted(), ["0", "1", "2"], "each task once");
  };
}

export const completed: Explorations = {
  "each task once, when it has settled": small(completions(1)),
  "also with two readers": small(completions(2), 1),
  "all of that with more": large(completions(3)),
};
