import assert from "node:assert/strict";
import { failureOf, rejectsWith } from "./expect.js";
import type { Laws } from "./laws.js";
import { Conflict, tasks } from "./tasks.js";

export const errorLaws: Laws = {
  "an error comes back whole: class, message, code, fields, causes and stack": async (open) => {
    await using executor = open({ limit: 1 });
    const task = executor.submit(tasks.raiseConflict, "lamp");
    const error = await failureOf(task);
    assert.ok(error instanceof Conflict);
    assert.equal(error.name, "Conflict");
    assert.equal(error.message, "lamp has been sold");
    assert.equal(error.code, "E_CONFLICT");
    assert.equal(error.sku, "lamp");
    assert.ok(error.cause instanceof RangeError);
    assert.equal(error.cause.message, "none left");
    assert.equal(error.cause.cause, "stock");
    assert.match(String(error.stack), /^Conflict: lamp has been sold\n.*raiseConflict/s);
    assert.equal(task.state, "rejected");
  },

  "an error of a class that nobody registered keeps its name, its fields and the class above":
    async (open) => {
      await using executor = open({ limit: 1 });
      const error = await failureOf(executor.submit(tasks.raiseUnregistered, "odd"));
      assert.ok(error instanceof TypeError);
      const { name, message } = error;
      const { code } = error as { code?: unknown };
      assert.deepStrictEqual([name, message, code], ["Unregistered", "odd", "E_UNREGISTERED"]);
    },

  "an AggregateError keeps its errors": async (open) => {
    await using executor = open({ limit: 1 });
    const error = await failureOf(executor.submit(tasks.raiseSeveral, ["one", "two"]));
    assert.ok(error instanceof AggregateError);
    assert.deepStrictEqual(
      error.errors.map((inner: unknown) => inner instanceof RangeError && inner.message),
      ["one", "two"],
    );
  },

  "a task that throws at once rejects; submit does not throw": async (open) => {
    await using executor = open({ limit: 1 });
    const task = executor.submit(tasks.throwAtOnce, { odd: true });
    assert.deepStrictEqual(await failureOf(task), { odd: true });
    assert.equal(task.state, "rejected");
  },

  "a falsy rejection is a rejection": async (open) => {
    await using executor = open({ limit: 1 });
    for (const value of [undefined, null, false, 0, ""]) {
      for (const fail of [tasks.throwAtOnce, tasks.rejectSoon]) {
        const task = executor.submit(fail, value);
        assert.equal(await failureOf(task), value);
        assert.equal(task.state, "rejected");
      }
    }
    assert.equal(executor.stats().failed, 10);
  },

  "an AbortError out of nowhere is an error": async (open) => {
    await using executor = open({ limit: 1 });
    const task = executor.submit(tasks.abortForNothing, 0);
    await rejectsWith(task, "CANCELLED", "out of nowhere");
    assert.equal(task.state, "rejected");
    assert.equal(executor.stats().failed, 1);
  },

  "a failed task costs nothing but itself": async (open) => {
    await using executor = open({ limit: 1 });
    const failing = executor.submit(tasks.throwAtOnce, 1);
    const next = executor.submit(tasks.echo, 2);
    assert.equal(await failureOf(failing), 1);
    assert.equal(await next, 2);
  },
};
