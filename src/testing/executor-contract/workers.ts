import assert from "node:assert/strict";
import { failureOf, Progress, rejectsWith } from "./expect.js";
import { Gate } from "./gate.js";
import type { Laws } from "./laws.js";
import { ManualHost } from "./manual-host.js";
import { streams, tasks } from "./tasks.js";

/** Laws of executors whose tasks run in workers, which share nothing with this thread and can be killed. */
export const workerLaws: Laws = {
  "a task that computes without a pause is heard, and sees that it is cancelled": async (open) => {
    await using executor = open({ limit: 1 });
    const why = new Error("why");
    const task = executor.submit(tasks.spin, 0, {
      graceMs: Infinity,
      onProgress: () => task.cancel(why),
    });
    assert.equal(await failureOf(task), why);
    assert.equal(task.state, "cancelled");
  },

  "a task that does not heed its cancel ends with its worker, graceMs later": async (open) => {
    using clock = new ManualHost();
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const why = new Error("why");
    const door = { port: gate.port, name: "stubborn" };
    const task = executor.submit(tasks.insist, door, { graceMs: 100 });
    const next = executor.submit(tasks.echo, "next");
    await gate.arrival("stubborn");
    task.cancel(why);
    clock.pass(99);
    assert.equal(task.state, "running");
    clock.pass(1);
    await gate.departure("stubborn");
    assert.equal(await failureOf(task), why);
    assert.equal(task.state, "cancelled");
    assert.equal(await next, "next");
  },

  "a task that does not heed its timeout ends with its worker too": async (open) => {
    using clock = new ManualHost();
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const started = new Progress();
    const options = { timeoutMs: 50, graceMs: 100, onProgress: started.hear };
    const task = executor.submit(tasks.insist, { port: gate.port, name: "stubborn" }, options);
    await started.atLeast(1);
    await gate.arrival("stubborn");
    clock.pass(50);
    clock.pass(100);
    await gate.departure("stubborn");
    await rejectsWith(task, "TIMEOUT", "50 ms");
  },

  "to cancel one task harms no other": async (open) => {
    await using executor = open({ limit: 2 });
    await using gate = await Gate.create();
    const names = ["stubborn", "other", "c", "d", "e"];
    const [stubborn, ...others] = names.map((name) =>
      executor.submit(tasks.insist, { port: gate.port, name }, { graceMs: 1 }),
    );
    await Promise.all([gate.arrival("stubborn"), gate.arrival("other")]);
    stubborn!.cancel();
    await gate.departure("stubborn");
    gate.open();
    assert.deepStrictEqual(await Promise.all(others), names.slice(1));
    await failureOf(stubborn!); // its worker is gone; the executor may hear of it later than the gate
    assert.equal(stubborn!.state, "cancelled");
    assert.deepStrictEqual(gate.names.toSorted(), names.toSorted()); // each has started once
  },

  "a worker that dies costs the task that it ran, and the others go on": async (open) => {
    await using executor = open({ limit: 1 });
    const dying = executor.submit(tasks.die, 7);
    const next = executor.submit(tasks.echo, "next");
    const error = (await failureOf(dying)) as Error & { exitCode?: number; task?: string };
    assert.equal((error as { code?: unknown }).code, "WORKER_LOST");
    assert.deepStrictEqual([error.exitCode, error.task], [7, "die"]);
    assert.equal(await next, "next");
    assert.equal(executor.stats().failed, 1);
  },

  "what can't be cloned costs one task: an input, a result, an output, progress": async (open) => {
    await using executor = open({ limit: 1 });
    const input = executor.submit(tasks.echo, () => 1);
    const after = executor.submit(tasks.echo, "alive");
    await rejectsWith(input, "NOT_CLONEABLE", "input", "echo");
    assert.equal(await after, "alive");
    await rejectsWith(executor.submit(tasks.giveFunction, 0), "NOT_CLONEABLE", "result");
    await rejectsWith(executor.submit(tasks.reportFunction, 0), "NOT_CLONEABLE", "progress");
    const read: unknown[] = [];
    const reading = async (): Promise<void> => {
      for await (const output of executor.stream(streams.giveFunctions, 0)) read.push(output);
    };
    await rejectsWith(reading(), "NOT_CLONEABLE", "output");
    assert.deepStrictEqual(read, [1]);
    const error = (await failureOf(executor.submit(tasks.raiseWithFunction, 0))) as RangeError;
    assert.equal(error.message, "holds a function");
    assert.equal(await executor.submit(tasks.echo, "still alive"), "still alive");
    assert.equal(executor.stats().workers, 1);
  },

  "what is transferred is gone here": async (open) => {
    await using executor = open({ limit: 1 });
    const bytes = new ArrayBuffer(1_000);
    assert.equal(await executor.submit(tasks.byteLength, bytes, { transfer: [bytes] }), 1_000);
    assert.equal(bytes.byteLength, 0);
    const never = executor.submit(tasks.byteLength, bytes, { transfer: [{}] });
    await rejectsWith(never, "NOT_CLONEABLE", "input");
  },

  "the stack of an error tells where it was thrown and where it was submitted": async (open) => {
    await using executor = open({ limit: 1 });
    async function callerOfSubmit(): Promise<unknown> {
      return failureOf(executor.submit(tasks.raiseConflict, "lamp"));
    }
    const { stack } = (await callerOfSubmit()) as Error;
    assert.match(String(stack), /raiseConflict.*\n.*submitted here.*\n.*callerOfSubmit/s);
  },

  "closed, it has no workers left": async (open) => {
    const executor = open({ limit: 2 });
    await Promise.all([1, 2, 3, 4].map((n) => executor.submit(tasks.echoSoon, n)));
    assert.ok(executor.stats().workers >= 1);
    await executor.close();
    assert.equal(executor.stats().workers, 0);
  },
};
