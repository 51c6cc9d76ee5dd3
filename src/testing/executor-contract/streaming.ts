import assert from "node:assert/strict";
import { failureOf, inFlight, Progress, rejectsWith, throwsWith, turn } from "./expect.js";
import { Gate } from "./gate.js";
import type { Laws } from "./laws.js";
import { streams, tasks } from "./tasks.js";

/** More than this, ahead of its reader, is no backpressure. */
const MOST_AHEAD = 64;

export const streamLaws: Laws = {
  "a stream gives the outputs of its generator, in order": async (open) => {
    await using executor = open({ limit: 1 });
    const upTo = (end: number): number[] => Array.from({ length: end }, (_, i) => i + 1);
    assert.deepStrictEqual(await executor.stream(streams.countTo, 1_000).toArray(), upTo(1_000));
    assert.deepStrictEqual(await executor.stream(streams.countTo, 0).toArray(), []);
    const read: number[] = [];
    for await (const n of executor.stream(streams.countTo, 100)) read.push(n);
    assert.deepStrictEqual(read, upTo(100));
    assert.equal(executor.stats().completed, 3);
  },

  "a stream starts with its first read, and can be read once": async (open) => {
    await using executor = open({ limit: 1 });
    const results = executor.stream(streams.countTo, 1);
    await turn();
    assert.equal(inFlight(executor), 0);
    assert.deepStrictEqual(await results.toArray(), [1]);
    throwsWith(() => results[Symbol.asyncIterator](), "CLOSED", "read");
  },

  "a generator goes no further ahead than its reader lets it": async (open) => {
    await using executor = open({ limit: 2 });
    await using gate = await Gate.create();
    const made = new Progress();
    const options = { onProgress: made.hear, graceMs: Infinity };
    const door = { port: gate.port, name: "closed" };
    const reader = executor.stream(streams.countUntilClosed, door, options)[Symbol.asyncIterator]();
    for (let read = 1; read <= 200; read += 1) {
      assert.deepStrictEqual(await reader.next(), { done: false, value: read });
      if (read % 20 === 0) for (let i = 0; i < 20; i += 1) await executor.submit(tasks.echoSoon, i);
      assert.ok(made.told.length <= read + MOST_AHEAD, `${made.told.length} made, ${read} read`);
    }
    gate.open();
    await reader.return?.();
  },

  "whoever leaves a stream closes its generator, and waits for that": async (open) => {
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const door = { port: gate.port, name: "closed" };
    let left = false;
    const read = async (): Promise<void> => {
      const options = { graceMs: Infinity };
      for await (const n of executor.stream(streams.countUntilClosed, door, options)) {
        if (n === 40) break;
      }
      left = true;
    };
    const reading = read();
    await gate.arrival("closed");
    await turn();
    assert.equal(left, false);
    assert.equal(inFlight(executor), 1);
    gate.open();
    await reading;
    assert.equal(inFlight(executor), 0);
    assert.equal(executor.stats().cancelled, 1);
  },

  "the outputs before an error come first, and then the error": async (open) => {
    await using executor = open({ limit: 1 });
    const read: number[] = [];
    const reading = async (): Promise<void> => {
      for await (const n of executor.stream(streams.countThenFail, 30)) read.push(n);
    };
    const error = await failureOf(reading());
    assert.ok(error instanceof RangeError);
    assert.equal(error.message, "not beyond 30");
    assert.deepStrictEqual([read.length, read.at(-1)], [30, 30]);
    assert.ok(
      (await failureOf(executor.stream(streams.countThenFail, 3).toArray())) instanceof RangeError,
    );
  },

  "a signal ends a stream, whose reader gets the reason": async (open) => {
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    gate.open();
    const why = new Error("why");
    const controller = new AbortController();
    const options = { signal: controller.signal, graceMs: Infinity };
    const door = { port: gate.port, name: "closed" };
    const reading = async (): Promise<void> => {
      for await (const n of executor.stream(streams.countUntilClosed, door, options))
        if (n === 5) controller.abort(why);
    };
    assert.equal(await failureOf(reading()), why);
    assert.deepStrictEqual(gate.names, ["closed"]);
    assert.equal(executor.stats().cancelled, 1);
  },

  "submit refuses a generator and names stream()": async (open) => {
    await using executor = open({ limit: 1 });
    const refusal = /stream\(\)/;
    for (const task of [
      streams.countTo,
      function* (n: number) {
        yield n;
      },
    ] as never[]) {
      assert.throws(() => executor.submit(task, 1 as never), {
        name: "TypeError",
        message: refusal,
      });
      assert.throws(() => executor.map(task, [1 as never]), {
        name: "TypeError",
        message: refusal,
      });
    }
    const disguised = await failureOf(executor.submit(tasks.manyInDisguise, 3));
    assert.ok(disguised instanceof TypeError);
    assert.match(disguised.message, refusal);
    assert.equal(await executor.submit(tasks.echo, "alive"), "alive");
  },

  "stream refuses what gives one output, and names submit()": async (open) => {
    await using executor = open({ limit: 1 });
    const refusal = { name: "TypeError", message: /submit\(\)/ };
    assert.throws(() => executor.stream(tasks.echoSoon as never, 1), refusal);
    const one = executor.stream(tasks.echo as never, 1).toArray();
    await assert.rejects(one, refusal);
    assert.deepStrictEqual(
      await executor.stream(tasks.manyInDisguise as never, 2).toArray(),
      [1, 2],
    );
  },

  "a stream that finds no room is refused with QUEUE_FULL": async (open) => {
    await using executor = open({ limit: 1, capacity: 0 });
    await using gate = await Gate.create();
    const held = executor.submit(tasks.hold, { port: gate.port, name: "held" });
    await rejectsWith(executor.stream(streams.countTo, 3).toArray(), "QUEUE_FULL");
    gate.open();
    await held;
  },
};
