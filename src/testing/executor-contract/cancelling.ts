import assert from "node:assert/strict";
import { CancelScope } from "../../core/index.js";
import type { Task } from "../../task/index.js";
import { failureOf, inFlight, Progress, rejectsWith, turn } from "./expect.js";
import { Gate } from "./gate.js";
import type { Laws } from "./laws.js";
import { streams, tasks } from "./tasks.js";

const graceMs = Infinity;

/** What could not be cloned: it stays here. */
const why = Object.assign(new Error("why"), { held: (): void => {} });

export const cancelLaws: Laws = {
  "a task that only was cancelled rejects with the very reason, however it was cancelled": async (
    open,
  ) => {
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const scope = new CancelScope();
    const controller = new AbortController();
    for (const [name, options, cancel] of [
      ["by its handle", {}, (task: Task<unknown>) => task.cancel(why)],
      ["by a signal", { signal: controller.signal }, () => controller.abort(why)],
      ["by a scope", { signal: scope.signal }, () => scope.cancel(why)],
    ] as const) {
      const task = executor.submit(tasks.hold, { port: gate.port, name }, { ...options, graceMs });
      await gate.arrival(name);
      cancel(task);
      assert.equal(await failureOf(task), why);
      assert.equal(task.state, "cancelled");
      await gate.departure(name);
    }
    assert.equal(executor.stats().cancelled, 3);
  },

  "without a reason it is a CancelledError, which every library knows as an AbortError": async (
    open,
  ) => {
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const task = executor.submit(tasks.hold, { port: gate.port, name: "held" }, { graceMs });
    await gate.arrival("held");
    assert.equal(task.cancel(), true);
    await rejectsWith(task, "CANCELLED", "hold");
    assert.equal(((await failureOf(task)) as Error).name, "AbortError");
  },

  "a pre-aborted signal rejects first, and nothing else happens": async (open) => {
    await using executor = open({ limit: 1, capacity: 0 });
    await using gate = await Gate.create();
    const held = executor.submit(tasks.hold, { port: gate.port, name: "held" });
    const signal = AbortSignal.abort(why);
    const door = { port: gate.port, name: "never" };
    const task = executor.submit(tasks.hold, door, { signal });
    assert.equal(task.state, "cancelled");
    assert.equal(await failureOf(task), why);
    assert.equal(await failureOf(executor.offer(tasks.hold, door, { signal })), why);
    assert.equal(await failureOf(executor.map(tasks.hold, [door], { signal }).toArray()), why);
    assert.equal(await failureOf(executor.stream(streams.countTo, 3, { signal }).toArray()), why);
    assert.equal(inFlight(executor), 1);
    gate.open();
    await held;
    assert.deepStrictEqual(gate.names, ["held"]);
  },

  "a task that is cancelled while it waits leaves the line at once, and never starts": async (
    open,
  ) => {
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const [held, leaving, next] = ["held", "leaving", "next"].map((name) =>
      executor.submit(tasks.hold, { port: gate.port, name }),
    );
    await gate.arrival("held");
    assert.deepStrictEqual(inFlight(executor), 3);
    assert.equal(leaving!.cancel(why), true);
    assert.equal(leaving!.state, "cancelled");
    assert.equal(inFlight(executor), 2);
    assert.equal(await failureOf(leaving!), why);
    gate.open();
    assert.deepStrictEqual(await Promise.all([held, next]), ["held", "next"]);
    assert.deepStrictEqual(gate.names, ["held", "next"]);
  },

  "a cancelled task settles, and its place is free, only when its work has stopped": async (
    open,
  ) => {
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const started = new Progress();
    const options = { graceMs, onProgress: started.hear };
    const task = executor.submit(tasks.cleanUp, { port: gate.port, name: "cleaning" }, options);
    const next = executor.submit(tasks.hold, { port: gate.port, name: "next" });
    await started.atLeast(1);
    assert.equal(task.cancel(why), true);
    await gate.arrival("cleaning");
    await turn();
    assert.equal(task.state, "running");
    assert.deepStrictEqual([executor.stats().running, executor.stats().waiting], [1, 1]);
    gate.open();
    assert.equal(await failureOf(task), why);
    assert.equal(await next, "next");
    assert.deepStrictEqual(gate.names, ["cleaning", "next"]);
  },

  "a value beats a late cancel, and an error of the task's own beats a cancel": async (open) => {
    await using executor = open({ limit: 1 });
    const started = new Progress();
    const options = { graceMs, onProgress: started.hear };
    const finishing = executor.submit(tasks.finishAnyway, "done", options);
    await started.atLeast(1);
    assert.equal(finishing.cancel(why), true);
    assert.equal(await finishing, "done");
    assert.equal(finishing.state, "fulfilled");
    const failing = executor.submit(tasks.failInCleanUp, "spilled", options);
    await started.atLeast(2);
    failing.cancel(why);
    const error = await failureOf(failing);
    assert.ok(error instanceof RangeError);
    assert.equal(error.message, "spilled");
    assert.equal(failing.state, "rejected");
  },

  "cancel is true once: not again, and not for a task that has settled": async (open) => {
    await using executor = open({ limit: 1 });
    const started = new Progress();
    const task = executor.submit(tasks.finishAnyway, 1, { graceMs, onProgress: started.hear });
    await started.atLeast(1);
    assert.deepStrictEqual(
      [task.cancel(why), task.cancel(), task.cancel(why)],
      [true, false, false],
    );
    await task;
    assert.equal(task.cancel(why), false);
    assert.equal(task.state, "fulfilled");
  },

  "the reason that the task sees tells what the canceller said": async (open) => {
    await using executor = open({ limit: 1 });
    const started = new Progress();
    const task = executor.submit(tasks.tellReason, 0, { graceMs, onProgress: started.hear });
    await started.atLeast(1);
    task.cancel(Object.assign(new RangeError("enough", { cause: why }), { held: () => 1 }));
    assert.deepStrictEqual(await task, { name: "RangeError", message: "enough", cause: "Error" });
  },

  "a wait for a task can be cancelled, and the task runs on": async (open) => {
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const task = executor.submit(tasks.hold, { port: gate.port, name: "held" });
    const controller = new AbortController();
    const wait = task.result({ signal: controller.signal });
    controller.abort(why);
    assert.equal(await failureOf(wait), why);
    assert.equal(task.state, "running");
    gate.open();
    assert.equal(await task, "held");
  },
};
