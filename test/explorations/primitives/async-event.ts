import assert from "node:assert/strict";
import { AsyncEvent } from "../../../src/index.js";
import { linearizable, step, WAITS } from "../../../src/testing/explore/index.js";
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
  "a linearizable event": small(async () => {
    const event = new AsyncEvent();
    const history = linearizable({
      start: () => ({ set: false }),
      operations: {
        wait: ({ set }) => (set ? undefined : WAITS),
        set: (state) => void (state.set = true),
        clear: (state) => void (state.set = false),
        isSet: ({ set }) => set,
      },
    });
    const look = () => history.call("isSet", [], () => event.isSet);
    await tasks([
      () => history.call("wait", [], () => event.wait()).then(look),
      async () => {
        await step("set");
        history.call("set", [], () => event.set());
        await step("clear");
        history.call("clear", [], () => event.clear());
        look();
        history.call("set", [], () => event.set());
      },
      () => step("come").then(() => history.call("wait", [], () => event.wait())),
    ]);
  }),
  "all of that with more": large(waiters(5, "BD")),
};
