import assert from "node:assert/strict";
import type { Laws } from "./laws.js";
import { tasks } from "./tasks.js";

const ring: { self?: object; list: number[] } = { list: [1, 2] };
ring.self = ring;

const VALUES: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -0,
  1.5,
  NaN,
  Infinity,
  2 ** 31,
  -(2 ** 31),
  2 ** 53,
  10n,
  "",
  "ascii",
  "grüße 😀",
  "\ud800 alone",
  "x".repeat(3_000_000),
  {},
  [],
  [undefined],
  { a: [1, { b: null }], c: "d" },
  Object.assign(Array(2), { 1: 1 }),
  { un: undefined, minus: -0 },
  new Map([[1, new Set(["a"])]]),
  /x/gi,
  new Uint8Array([1, 2, 3]),
  new ArrayBuffer(8),
  new Float64Array(300_000).fill(0.5),
  ring,
  JSON.parse('{ "__proto__": { "polluted": true }, "constructor": 1 }'),
];

export const valueLaws: Laws = {
  "a value goes in and comes out as it was": async (open) => {
    await using executor = open({ limit: 1 });
    for (const value of VALUES) {
      assert.deepStrictEqual(await executor.submit(tasks.echo, value), value);
      assert.deepStrictEqual(await executor.submit(tasks.echoSoon, value), value);
    }
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  },

  "values that were sent together come back each to its own task": async (open) => {
    await using executor = open({ limit: 2 });
    const values = [...VALUES, ...VALUES.toReversed()];
    const sent = values.map((value) => executor.submit(tasks.echo, value));
    for (const [i, task] of sent.entries()) assert.deepStrictEqual(await task, values[i]);
  },

  "a task is called with its input and its scope": async (open) => {
    await using executor = open({ limit: 1 });
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    assert.deepStrictEqual(await executor.submit(tasks.readScope, 0, { traceparent }), {
      attempt: 1,
      traceparent,
      cancelled: false,
    });
  },

  "what defineTasks has named is still the function itself": async (open) => {
    await using executor = open({ limit: 1 });
    assert.equal(tasks.byteLength(new ArrayBuffer(3)), 3);
    assert.equal(await executor.submit(tasks.byteLength, new ArrayBuffer(3)), 3);
  },

  "a task may be awaited often, and its handle tells how it stands": async (open) => {
    await using executor = open({ limit: 1 });
    const task = executor.submit(tasks.echo, 7, { name: "seven" });
    assert.equal(task.name, "seven");
    assert.equal(task.state, "running");
    assert.deepStrictEqual(await Promise.all([task, task, task.result()]), [7, 7, 7]);
    assert.equal(task.state, "fulfilled");
    assert.equal(await task, 7);
    assert.equal(executor.submit(tasks.echo, 0).name, "echo");
  },
};
