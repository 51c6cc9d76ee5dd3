import assert from "node:assert/strict";
import { AsyncEvent } from "../../../src/index.js";
import { step } from "../../../src/testing/explore/index.js";
import { type Explorations, large, small, tasks } from "./explorations.js";

function waiters(count: number, leaving: string) {
  return async () => {
    const event = new AsyncEvent({ name: "it" });
    let woken = 0;
    const wait = async (scope: { signal: AbortSignal }) => {
      await step("come");
      await event.wait(scope);
      assert.ok(event.isSet, "woken by nobody");
      woken += 1;
    };
    await tasks(
      [...Array.from({ length: count }, () => wait), () => step("set").then(() => event.set())],
      leaving,
    );
    assert.ok(woken >= count - leaving.length);
    assert.deepEqual(event.stats(), { isSet: true, waiting: 0 });
  };
}

export const asyncEvent: Explorations = {
  "all who wait are woken, and who comes later does not wait": small(waiters(2, "")),
  "whoever is cancelled is gone": small(waiters(2, "A")),
  "after clear it holds again": small(async () => {
    const event = new AsyncEvent({ name: "it" });
    event.set();
    event.clear();
    let set = false;
    await tasks([
      () => event.wait().then(() => assert.ok(set, "not set yet")),
      async () => {
        await step("set");
        set = true;
        event.set();
      },
    ]);
  }),
  "all of that with more": large(waiters(5, "BD")),
};
