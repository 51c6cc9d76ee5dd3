import assert from "node:assert/strict";
import type { Executor, SubmitOptions, Task, TaskFunction } from "../../task/index.js";
import { failureOf, inFlight, Progress, rejectsWith } from "./expect.js";
import { Gate } from "./gate.js";
import type { Laws } from "./laws.js";
import { ManualHost } from "./manual-host.js";
import { tasks } from "./tasks.js";

/** Submits a task that has 50 ms, and waits until it has told that it runs. */
async function start<I, O>(
  executor: Executor,
  task: TaskFunction<I, O>,
  input: I,
  options: SubmitOptions = { timeoutMs: 50 },
): Promise<{ task: Task<Awaited<O>> }> {
  const started = new Progress();
  const onProgress = started.hear;
  const submitted = executor.submit(task, input, { ...options, graceMs: Infinity, onProgress });
  await started.atLeast(1);
  return { task: submitted };
}

export const timeoutLaws: Laws = {
  "timeoutMs ends a task that runs longer, with a TimeoutError": async (open) => {
    using clock = new ManualHost();
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const { task } = await start(executor, tasks.cleanUp, { port: gate.port, name: "cleaning" });
    clock.pass(49);
    assert.deepStrictEqual(gate.names, []);
    clock.pass(1);
    await gate.arrival("cleaning");
    assert.equal(task.state, "running"); // the time is over, its work is not
    gate.open();
    await rejectsWith(task, "TIMEOUT", "cleanUp", "50 ms");
    assert.equal(task.state, "rejected");
    assert.equal(executor.stats().failed, 1);
  },

  "inside, a timeout looks like any cancel, and its cause tells": async (open) => {
    using clock = new ManualHost();
    await using executor = open({ limit: 1 });
    const { task } = await start(executor, tasks.tellReason, 0);
    clock.pass(50);
    const { name, cause } = (await task) as { name: string; cause: string };
    assert.deepStrictEqual([name, cause], ["AbortError", "TimeoutError"]);
  },

  "timeoutMs counts from the task's own start": async (open) => {
    using clock = new ManualHost();
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const held = executor.submit(tasks.hold, { port: gate.port, name: "held" });
    await gate.arrival("held");
    const starting = start(executor, tasks.insist, { port: gate.port, name: "late" });
    clock.pass(1_000);
    gate.let("held");
    assert.equal(await held, "held");
    const { task } = await starting;
    clock.pass(49);
    gate.open();
    assert.equal(await task, "late");
  },

  "a value, and an error of the task's own, beat a timeout": async (open) => {
    using clock = new ManualHost();
    await using executor = open({ limit: 1 });
    const finishing = await start(executor, tasks.finishAnyway, "done");
    clock.pass(50);
    assert.equal(await finishing.task, "done");
    const failing = await start(executor, tasks.failInCleanUp, "spilled");
    clock.pass(50);
    assert.equal(((await failureOf(failing.task)) as Error).message, "spilled");
  },

  "a cancel from outside beats a timeout, also a later one": async (open) => {
    using clock = new ManualHost();
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const why = new Error("why");
    const { task } = await start(executor, tasks.cleanUp, { port: gate.port, name: "cleaning" });
    clock.pass(50);
    await gate.arrival("cleaning");
    assert.equal(task.cancel(why), true);
    gate.open();
    assert.equal(await failureOf(task), why);
    assert.equal(task.state, "cancelled");
  },

  "queueTimeoutMs ends a task that waits longer for its start": async (open) => {
    using clock = new ManualHost();
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const held = executor.submit(tasks.hold, { port: gate.port, name: "held" });
    await gate.arrival("held");
    const options = { queueTimeoutMs: 50 };
    const late = executor.submit(tasks.hold, { port: gate.port, name: "late" }, options);
    clock.pass(49);
    assert.equal(inFlight(executor), 2);
    clock.pass(1);
    assert.equal(inFlight(executor), 1);
    await rejectsWith(late, "TIMEOUT", "hold", "50 ms");
    assert.equal(late.state, "rejected");
    gate.open();
    await held;
    assert.deepStrictEqual(gate.names, ["held"]);
  },

  "queueTimeoutMs is over when the task starts": async (open) => {
    using clock = new ManualHost();
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const door = { port: gate.port, name: "started" };
    const { task } = await start(executor, tasks.insist, door, { queueTimeoutMs: 50 });
    clock.pass(1_000);
    gate.open();
    assert.equal(await task, "started");
    const both = { queueTimeoutMs: 50, timeoutMs: 50 };
    const { task: timed } = await start(executor, tasks.tellReason, 0, both);
    clock.pass(50);
    assert.match(((await timed) as Error).message, /timed out after 50 ms/);
  },

  "a task that waits hears of no timeout of another": async (open) => {
    using clock = new ManualHost();
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const { task } = await start(executor, tasks.cleanUp, { port: gate.port, name: "cleaning" });
    const next = executor.submit(tasks.echo, "next");
    clock.pass(50);
    gate.open();
    await rejectsWith(task, "TIMEOUT");
    assert.equal(await next, "next");
  },
};
