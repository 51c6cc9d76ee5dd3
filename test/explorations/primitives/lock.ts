import assert from "node:assert/strict";
import { Lock, type Permit } from "../../../src/index.js";
import { linearizable, step, WAITS } from "../../../src/testing/explore/index.js";
import { type Explorations, large, small, tasks } from "./explorations.js";

function contest(names: string, leaving: string) {
  return async () => {
    const lock = new Lock({ name: "it" });
    const asked: string[] = [];
    const served: string[] = [];
    let inside = 0;
    const worker = (name: string) => async (scope: { signal: AbortSignal }) => {
      asked.push(name);
      const permit = await lock.acquire(scope);
      served.push(name);
      assert.equal((inside += 1), 1, "two inside");
      await step("work");
      inside -= 1;
      permit.release();
      permit.release(); // a second time does nothing
    };
    await tasks(names.split("").map(worker), leaving);
    assert.deepEqual(
      served,
      asked.filter((name) => served.includes(name)),
      "first come, first served",
    );
    for (const name of names) assert.ok(served.includes(name) || leaving.includes(name));
    assert.deepEqual(lock.stats(), { locked: false, waiting: 0 });
  };
}

export const lock: Explorations = {
  "one at a time, in order": small(contest("ABC", "")),
  "whoever is cancelled leaves the line, and keeps nothing": small(contest("ABC", "B")),
  "all of that with more": large(contest("ABCDEF", "BDE")),
  "a linearizable lock": small(async () => {
    const lock = new Lock();
    const history = linearizable({
      start: () => ({ held: false }),
      operations: {
        acquire: (state) => (state.held ? WAITS : void (state.held = true)),
        tryAcquire: (state) => !state.held && (state.held = true),
        release: (state) => void (state.held = false),
      },
    });
    const worker = async () => {
      const permit: Permit[] = [];
      const acquire = () => lock.acquire().then((got) => void permit.push(got));
      await history.call("acquire", [], acquire);
      history.call("release", [], () => permit[0]!.release());
      let now: Permit | undefined;
      const took = history.call("tryAcquire", [], () => (now = lock.tryAcquire()) !== undefined);
      if (took) history.call("release", [], () => now!.release());
    };
    await tasks([worker, worker]);
  }),
};
