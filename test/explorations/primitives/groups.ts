import assert from "node:assert/strict";
import { leaves, sleep, TaskGroup, withTaskGroup } from "../../../src/index.js";
import { step } from "../../../src/testing/explore/index.js";
import { type Explorations, large, small } from "./explorations.js";

function failing(children: number) {
  return async () => {
    let running = 0;
    let cleaned = 0;
    let failed = false;
    const fail = async () => {
      await step("work");
      failed = true;
      throw new Error("mine");
    };
    const work = async (scope: { signal: AbortSignal }) => {
      running += 1;
      try {
        await step("work");
        await sleep(1_000, scope);
        assert.ok(!failed, "slept on after the failure");
      } finally {
        await step("clean up");
        cleaned += 1;
        running -= 1;
      }
    };
    const error: unknown = await withTaskGroup((group) => {
      for (let i = 0; i < children; i += 1)
        group.spawn(i === 0 ? fail : work, { name: `child ${i}` });
    }).catch((error: unknown) => error);
    assert.equal(running, 0, "settled before its children");
    assert.equal(cleaned, children - 1);
    assert.deepEqual(leaves(error).map(String), ["Error: mine"]);
  };
}

export const taskGroup: Explorations = {
  "a failure cancels the others, and all are joined": small(failing(2)),
  "all errors are reported, in the order in which they came": small(async () => {
    const order: string[] = [];
    const fail = (name: string) => async () => {
      await step(name);
      order.push(`Error: ${name}`);
      throw new Error(name);
    };
    const group = withTaskGroup((group) => {
      group.spawn(fail("a"));
      group.spawn(fail("b"));
    });
    await assert.rejects(group, (error) => {
      assert.deepEqual(leaves(error).map(String), order);
      return true;
    });
  }),
  "a task that is cancelled is no failure, and its waiters hear of it": small(async () => {
    await withTaskGroup(async (group) => {
      const task = group.spawn((scope) => sleep(100, scope));
      group.spawn(async () => {
        await step("cancel");
        assert.equal(task.cancel(), task.state === "running");
      });
      await task.result().catch(() => {});
      assert.notEqual(task.state, "running");
    });
  }),
  "dispose cancels and joins": small(async () => {
    let ended = false;
    {
      await using group = new TaskGroup({ name: "it" });
      group.spawn(async (scope) => {
        await sleep(1_000, scope).catch(() => {});
        await step("clean up");
        ended = true;
      });
      await step("leave");
    }
    assert.ok(ended);
  }),
  "a closed group takes no child": small(async () => {
    const group = new TaskGroup({ name: "it" });
    group.spawn(() => step("work"));
    await group.join();
    assert.throws(() => group.spawn(() => {}), { code: "CLOSED" });
  }),
  "all of that with more": large(failing(5)),
};
