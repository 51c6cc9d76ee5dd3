import assert from "node:assert/strict";
import type { Executor } from "../../task/index.js";
import { failureOf, inFlight, rejectsWith, throwsWith, turn } from "./expect.js";
import { Gate } from "./gate.js";
import type { Laws } from "./laws.js";
import { streams, tasks } from "./tasks.js";

/** Submits tasks that wait at the gate; the first of them has arrived there. */
async function submitHeld(executor: Executor, gate: Gate, ...names: string[]) {
  const held = names.map((name) => ({
    task: executor.submit(tasks.hold, { port: gate.port, name }),
  }));
  await gate.arrival(names[0] as string);
  return held;
}

export const closeLaws: Laws = {
  "close waits for all that is in, running or waiting": async (open) => {
    const executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const held = await submitHeld(executor, gate, "a", "b", "c");
    let closed = false;
    const closing = executor.close().then(() => (closed = true));
    gate.let("a");
    await gate.arrival("b");
    await turn();
    assert.equal(closed, false);
    gate.open();
    await closing;
    assert.deepStrictEqual(
      held.map(({ task }) => task.state),
      ["fulfilled", "fulfilled", "fulfilled"],
    );
    assert.equal(inFlight(executor), 0);
  },

  "a closed executor takes nothing in: CLOSED": async (open) => {
    const executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const held = await submitHeld(executor, gate, "held");
    const closing = executor.close();
    for (const closed of [closing, Promise.resolve()]) {
      throwsWith(() => executor.submit(tasks.echo, 1), "CLOSED", "submit()", "closed");
      throwsWith(() => void executor.offer(tasks.echo, 1), "CLOSED", "offer()");
      throwsWith(() => executor.stream(streams.countTo, 1), "CLOSED", "stream()");
      gate.open();
      await closed;
      await held[0]!.task;
    }
    await closing;
  },

  "to close twice is to wait for the same end": async (open) => {
    const executor = open({ limit: 1 });
    await using gate = await Gate.create();
    await submitHeld(executor, gate, "held");
    const ended: string[] = [];
    const first = executor.close().then(() => ended.push("first"));
    const second = executor.close().then(() => ended.push("second"));
    await turn();
    assert.deepStrictEqual(ended, []);
    gate.open();
    await Promise.all([first, second]);
    await executor.close();
    await executor[Symbol.asyncDispose]();
  },

  "an executor that never ran anything closes": async (open) => {
    await open({ limit: 1 }).close({ cancelWaiting: true });
  },

  "cancelWaiting cancels what has not started, and waits for what runs": async (open) => {
    const executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const [a, b, c] = await submitHeld(executor, gate, "a", "b", "c");
    const closing = executor.close({ cancelWaiting: true });
    assert.deepStrictEqual([b!.task.state, c!.task.state], ["cancelled", "cancelled"]);
    await rejectsWith(b!.task, "CANCELLED", "closed");
    assert.equal(((await failureOf(c!.task)) as Error).name, "AbortError");
    assert.equal(a!.task.state, "running");
    gate.open();
    await closing;
    assert.equal(await a!.task, "a");
    assert.deepStrictEqual(gate.names, ["a"]);
  },

  "a close that waits can be told to cancel what waits": async (open) => {
    const executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const [a, b] = await submitHeld(executor, gate, "a", "b");
    const closing = executor.close();
    assert.equal(b!.task.state, "running");
    const hurried = executor.close({ cancelWaiting: true });
    assert.equal(b!.task.state, "cancelled");
    gate.open();
    await Promise.all([closing, hurried, a!.task]);
  },

  "offers that wait when it closes reject with CLOSED": async (open) => {
    const executor = open({ limit: 1, capacity: 0 });
    await using gate = await Gate.create();
    await submitHeld(executor, gate, "held");
    const offered = executor.offer(tasks.echo, 1);
    const closing = executor.close();
    await rejectsWith(offered, "CLOSED", "closed");
    gate.open();
    await closing;
    assert.deepStrictEqual(gate.names, ["held"]);
  },

  "a stream that is being read when it closes is read to its end": async (open) => {
    const executor = open({ limit: 1 });
    const reader = executor.stream(streams.countTo, 100)[Symbol.asyncIterator]();
    assert.deepStrictEqual(await reader.next(), { done: false, value: 1 });
    const closing = executor.close();
    let last: unknown;
    for (let step = await reader.next(); step.done !== true; step = await reader.next())
      last = step.value;
    assert.equal(last, 100);
    await closing;
  },

  "what was cancelled while it ran is waited for too": async (open) => {
    const executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const task = executor.submit(
      tasks.insist,
      { port: gate.port, name: "insisting" },
      { graceMs: Infinity },
    );
    await gate.arrival("insisting");
    task.cancel();
    let closed = false;
    const closing = executor.close({ cancelWaiting: true }).then(() => (closed = true));
    await turn();
    assert.deepStrictEqual([closed, task.state], [false, "running"]);
    gate.open();
    await closing;
    assert.equal(await task, "insisting");
  },
};
