import assert from "node:assert/strict";
import { TaskGroupError } from "../../core/index.js";
import { failureOf, inFlight, turn } from "./expect.js";
import { Gate } from "./gate.js";
import type { Laws } from "./laws.js";
import { tasks } from "./tasks.js";

/** Numbers from 0 on, for ever; tells how many were pulled, and whether it was closed. */
class Numbers implements Iterable<number> {
  pulled = 0;
  closed = false;

  *[Symbol.iterator](): Generator<number> {
    try {
      for (;;) {
        this.pulled += 1;
        yield this.pulled - 1;
      }
    } finally {
      this.closed = true;
    }
  }
}

export const mapLaws: Laws = {
  "map gives the results in the order of the source": async (open) => {
    await using executor = open({ limit: 2 });
    const items = Array.from({ length: 300 }, (_, i) => i);
    assert.deepStrictEqual(await executor.map(tasks.echo, items).toArray(), items);
    const read: unknown[] = [];
    for await (const result of executor.map(tasks.echoSoon, items)) read.push(result);
    assert.deepStrictEqual(read, items);
    assert.deepStrictEqual(await executor.map(tasks.echo, []).toArray(), []);
  },

  "ordered, a result waits for those before it; unordered, it comes when it is there": async (
    open,
  ) => {
    for (const ordered of [true, false]) {
      await using executor = open({ limit: 2 });
      await using gate = await Gate.create();
      const doors = ["first", "second"].map((name) => ({ port: gate.port, name }));
      const read = executor.map(tasks.hold, doors, { ordered, limit: 2 })[Symbol.asyncIterator]();
      const next = read.next();
      await Promise.all([gate.arrival("first"), gate.arrival("second")]);
      gate.let("second");
      await gate.departure("second");
      if (!ordered) assert.equal((await next).value, "second");
      gate.let("first");
      const values = [(await next).value, (await read.next()).value];
      assert.deepStrictEqual(values, ordered ? ["first", "second"] : ["second", "first"]);
      assert.equal((await read.next()).done, true);
    }
  },

  "nothing is pulled before the results are read, and then no more than there is room for": async (
    open,
  ) => {
    await using executor = open({ limit: 2, capacity: Infinity });
    const source = new Numbers();
    const results = executor.map(tasks.echo, source, { limit: 4, chunkSize: 1 });
    await turn();
    assert.deepStrictEqual([source.pulled, inFlight(executor)], [0, 0]);
    let read = 0;
    for await (const result of results) {
      assert.equal(result, read);
      read += 1;
      assert.ok(source.pulled <= read + 2 * 4, `${source.pulled} pulled, ${read} read`);
      if (read === 100) break;
    }
    assert.equal(source.closed, true);
    assert.equal(inFlight(executor), 0);
  },

  "whoever leaves early cancels and joins what runs": async (open) => {
    await using executor = open({ limit: 2 });
    await using gate = await Gate.create();
    const doors = ["first", "second", "third"].map((name) => ({ port: gate.port, name }));
    const leave = async (): Promise<void> => {
      for await (const name of executor.map(tasks.hold, doors, { limit: 2 })) {
        assert.equal(name, "first");
        break;
      }
    };
    const left = leave();
    await Promise.all([gate.arrival("first"), gate.arrival("second")]);
    gate.let("first");
    await left;
    assert.equal(inFlight(executor), 0);
    await gate.departure("second");
  },

  "a failure stops the map, and tells of which item it is": async (open) => {
    await using executor = open({ limit: 1 });
    const source = new Numbers();
    const error = await failureOf(
      executor.map(tasks.failAtThree, source, { limit: 1, chunkSize: 1 }).toArray(),
    );
    assert.ok(error instanceof TaskGroupError);
    assert.deepStrictEqual(error.indices, [3]);
    assert.equal((error.errors[0] as Error).message, "three");
    assert.deepStrictEqual([source.pulled, source.closed], [4, true]);
  },

  "with for await, the results before a failure come first": async (open) => {
    await using executor = open({ limit: 1 });
    const read: number[] = [];
    const reading = async (): Promise<void> => {
      const results = executor.map(tasks.failAtThree, new Numbers(), { limit: 1 });
      for await (const n of results) read.push(n);
    };
    assert.ok((await failureOf(reading())) instanceof TaskGroupError);
    assert.deepStrictEqual(read, [0, 1, 2]);
  },

  "a signal cancels a map, which rejects with its reason": async (open) => {
    await using executor = open({ limit: 2 });
    await using gate = await Gate.create();
    const why = new Error("why");
    const controller = new AbortController();
    const { signal } = controller;
    const doors = ["a", "b", "c", "d"].map((name) => ({ port: gate.port, name }));
    const mapped = executor.map(tasks.hold, doors, { limit: 2, signal }).toArray();
    await Promise.all([gate.arrival("a"), gate.arrival("b")]);
    controller.abort(why);
    assert.equal(await failureOf(mapped), why);
    assert.equal(inFlight(executor), 0);
    assert.deepStrictEqual(gate.names.toSorted(), ["a", "b"]);
  },

  "whatever the size of the chunks, results and errors are those of the items": async (open) => {
    await using executor = open({ limit: 2 });
    const items = Array.from({ length: 50 }, (_, i) => i);
    for (const chunkSize of [1, 7, 1_000, "auto"] as const) {
      const options = { chunkSize };
      assert.deepStrictEqual(await executor.map(tasks.echo, items, options).toArray(), items);
      const error = await failureOf(executor.map(tasks.failAtThree, items, options).toArray());
      assert.ok(error instanceof TaskGroupError);
      assert.deepStrictEqual(error.indices, [3]);
    }
  },
};
