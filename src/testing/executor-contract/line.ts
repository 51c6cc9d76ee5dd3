import assert from "node:assert/strict";
import { failureOf, inFlight, rejectsWith, turn } from "./expect.js";
import { Gate } from "./gate.js";
import type { Laws } from "./laws.js";
import { tasks } from "./tasks.js";

export const lineLaws: Laws = {
  "at most `limit` tasks run at once, and the others wait": async (open) => {
    await using executor = open({ limit: 2 });
    await using gate = await Gate.create();
    const names = ["a", "b", "c", "d", "e"];
    const held = names.map((name) => executor.submit(tasks.hold, { port: gate.port, name }));
    await Promise.all([gate.arrival("a"), gate.arrival("b")]);
    assert.deepStrictEqual([executor.stats().running, executor.stats().waiting], [2, 3]);
    for (const name of names) {
      await gate.arrival(name);
      gate.let(name);
    }
    assert.deepStrictEqual(await Promise.all(held), names);
    assert.equal(gate.most, 2);
  },

  "tasks start in the order of their submit; a lower priority goes before": async (open) => {
    await using executor = open({ limit: 1 });
    await using gate = await Gate.create();
    const held = executor.submit(tasks.hold, { port: gate.port, name: "held" });
    await gate.arrival("held");
    const priorities = [0, 5, undefined, -1, 5, -1, -Infinity, 0.5];
    const waiting = priorities.map((priority, i) =>
      executor.submit(tasks.hold, { port: gate.port, name: `${priority} ${i}` }, { priority }),
    );
    gate.open();
    await Promise.all([held, ...waiting]);
    assert.deepStrictEqual(gate.names.slice(1), [
      "-Infinity 6",
      "-1 3",
      "-1 5",
      "0 0",
      "undefined 2",
      "0.5 7",
      "5 1",
      "5 4",
    ]);
  },

  "a task beyond the capacity is refused with QUEUE_FULL": async (open) => {
    await using executor = open({ limit: 1, capacity: 2 });
    await using gate = await Gate.create();
    const held = ["a", "b", "c"].map((name) =>
      executor.submit(tasks.hold, { port: gate.port, name }),
    );
    const refused = executor.submit(tasks.hold, { port: gate.port, name: "d" }, { name: "d" });
    assert.equal(refused.state, "rejected");
    await rejectsWith(refused, "QUEUE_FULL", '"d"', "offer()");
    assert.equal(inFlight(executor), 3);
    gate.open();
    assert.deepStrictEqual(await Promise.all(held), ["a", "b", "c"]);
    assert.equal(await executor.submit(tasks.echo, "room again"), "room again");
    assert.deepStrictEqual(gate.names, ["a", "b", "c"]);
  },

  "a capacity of Infinity refuses nothing": async (open) => {
    await using executor = open({ limit: 1, capacity: Infinity });
    const many = Array.from({ length: 70_000 }, (_, i) => executor.submit(tasks.echo, i));
    assert.deepStrictEqual([await many[0], await many.at(-1)], [0, 69_999]);
  },

  "offer waits for room, in order, and a submit can't overtake": async (open) => {
    await using executor = open({ limit: 1, capacity: 0 });
    await using gate = await Gate.create();
    const accepted: string[] = [];
    const offer = async (name: string): Promise<string> => {
      const { task } = await executor.offer(tasks.hold, { port: gate.port, name });
      accepted.push(name);
      return task;
    };
    const offers = ["first", "second", "third"].map((name) => offer(name));
    await gate.arrival("first");
    await turn();
    assert.deepStrictEqual(accepted, ["first"]);
    assert.equal(inFlight(executor), 1);
    const late = executor.submit(tasks.hold, { port: gate.port, name: "late" });
    await rejectsWith(late, "QUEUE_FULL");
    gate.let("first");
    await gate.arrival("second");
    await turn();
    assert.deepStrictEqual(accepted, ["first", "second"]);
    gate.open();
    assert.deepStrictEqual(await Promise.all(offers), ["first", "second", "third"]);
    assert.deepStrictEqual(gate.names, ["first", "second", "third"]);
  },

  "a cancelled offer leaves the line, and the next one moves up": async (open) => {
    await using executor = open({ limit: 1, capacity: 0 });
    await using gate = await Gate.create();
    const why = new Error("why");
    const controller = new AbortController();
    const { signal } = controller;
    const { task: held } = await executor.offer(tasks.hold, { port: gate.port, name: "held" });
    const leaving = executor.offer(tasks.hold, { port: gate.port, name: "leaving" }, { signal });
    const next = executor.offer(tasks.hold, { port: gate.port, name: "next" });
    controller.abort(why);
    assert.equal(await failureOf(leaving), why);
    gate.open();
    assert.equal(await held, "held");
    assert.equal(await (await next).task, "next");
    assert.deepStrictEqual(gate.names, ["held", "next"]);
  },

  "the signal of an offer that was accepted cancels its task": async (open) => {
    await using executor = open({ limit: 1, capacity: 0 });
    await using gate = await Gate.create();
    const why = new Error("why");
    const controller = new AbortController();
    const options = { signal: controller.signal, graceMs: Infinity };
    const held = executor.submit(tasks.hold, { port: gate.port, name: "held" });
    const offered = executor.offer(tasks.hold, { port: gate.port, name: "offered" }, options);
    await gate.arrival("held");
    gate.let("held");
    await held;
    const { task } = await offered;
    await gate.arrival("offered");
    controller.abort(why);
    assert.equal(await failureOf(task), why);
  },

  "the counts add up": async (open) => {
    await using executor = open({ limit: 2, capacity: 3 });
    await using gate = await Gate.create();
    const submitted = ["a", "b", "c", "d", "e", "f"].map((name) =>
      executor.submit(tasks.hold, { port: gate.port, name }, { graceMs: Infinity }),
    );
    await Promise.all([gate.arrival("a"), gate.arrival("b")]);
    submitted[0]!.cancel();
    submitted[3]!.cancel();
    await gate.departure("a"); // opened before that, the gate might let it through to its value
    submitted.push(executor.submit(tasks.throwAtOnce as never, 1 as never));
    gate.open();
    await Promise.allSettled(submitted);
    const { running, waiting, completed, failed, cancelled } = executor.stats();
    // One was refused; of the two that were cancelled, one had been running.
    assert.deepStrictEqual(
      { completed, failed, cancelled },
      { completed: 3, failed: 2, cancelled: 2 },
    );
    assert.deepStrictEqual({ running, waiting }, { running: 0, waiting: 0 });
  },
};
