import assert from "node:assert/strict";
import type { Executor } from "../../task/index.js";
import { inFlight } from "./expect.js";
import type { Laws } from "./laws.js";
import { streams, tasks } from "./tasks.js";

type Fault = [name: string, call: (executor: Executor) => unknown, kind: string, got: string];

const submit = (options: object) => (executor: Executor) => executor.submit(tasks.echo, 1, options);
const map = (options: object) => (executor: Executor) => executor.map(tasks.echo, [1], options);

const FAULTS: readonly Fault[] = [
  ["no task", (executor) => executor.submit(5 as never, 1), "TypeError", "5"],
  ["no task to offer", (executor) => executor.offer("x" as never, 1), "TypeError", '"x"'],
  ["no task to stream", (executor) => executor.stream(null as never, 1), "TypeError", "null"],
  ["no task to map", (executor) => executor.map({} as never, []), "TypeError", "[object Object]"],
  ["no source", (executor) => executor.map(tasks.echo, 7 as never), "TypeError", "7"],
  ["options that are none", submit(3 as never), "TypeError", "3"],
  ["a name that is none", submit({ name: 8 }), "TypeError", "8"],
  ["a priority that is none", submit({ priority: "high" }), "TypeError", '"high"'],
  ["a priority of NaN", submit({ priority: NaN }), "TypeError", "NaN"],
  ["a time that is none", submit({ timeoutMs: "1s" }), "TypeError", '"1s"'],
  ["a time of NaN", submit({ timeoutMs: NaN }), "RangeError", "NaN"],
  ["a wait of NaN", submit({ queueTimeoutMs: NaN }), "RangeError", "NaN"],
  ["a grace of NaN", submit({ graceMs: NaN }), "RangeError", "NaN"],
  ["a transfer that is no list", submit({ transfer: "all" }), "TypeError", '"all"'],
  ["a listener that is none", submit({ onProgress: 1 }), "TypeError", "1"],
  ["a trace context that is none", submit({ traceparent: 9 }), "TypeError", "9"],
  ["a signal that is none", submit({ signal: 6 }), "TypeError", "6"],
  [
    "a signal that is none, to a stream",
    (executor) => executor.stream(streams.countTo, 1, { signal: 6 as never }),
    "TypeError",
    "6",
  ],
  [
    "a signal that is none, to an offer",
    (executor) => executor.offer(tasks.echo, 1, { signal: 6 as never }),
    "TypeError",
    "6",
  ],
  ["a limit of 0", map({ limit: 0 }), "RangeError", "0"],
  ["half a limit", map({ limit: 1.5 }), "RangeError", "1.5"],
  ["a chunk of nothing", map({ chunkSize: 0 }), "RangeError", "0"],
  ["a chunk of words", map({ chunkSize: "big" }), "TypeError", '"big"'],
  [
    "a string, whose letters nobody means",
    (executor) => executor.map(tasks.echo, "abc" as never),
    "TypeError",
    '"abc"',
  ],
];

export const argumentLaws: Laws = {
  "a bad argument throws at the call, with the value, and changes nothing": async (open) => {
    await using executor = open({ limit: 1 });
    for (const [what, call, name, got] of FAULTS) {
      const message = new RegExp(`got ${got.replace(/[[\]]/g, "\\$&")}$`);
      assert.throws(() => void call(executor), { name, message }, what);
    }
    const { running, waiting, completed, failed, cancelled } = executor.stats();
    assert.deepStrictEqual([running, waiting, completed, failed, cancelled], [0, 0, 0, 0, 0]);
    assert.equal(await executor.submit(tasks.echo, 1), 1);
    assert.equal(inFlight(executor), 0);
  },

  "an option of undefined is one that is not given": async (open) => {
    await using executor = open({ limit: 1, capacity: undefined });
    const nothing = {
      signal: undefined,
      name: undefined,
      priority: undefined,
      timeoutMs: undefined,
      queueTimeoutMs: undefined,
      graceMs: undefined,
      transfer: undefined,
      onProgress: undefined,
      traceparent: undefined,
    };
    assert.equal(await executor.submit(tasks.echo, 1, nothing), 1);
    assert.equal(await executor.submit(tasks.echo, 1, undefined), 1);
    const none = { limit: undefined, ordered: undefined, chunkSize: undefined, signal: undefined };
    assert.deepStrictEqual(await executor.map(tasks.echo, [1], none).toArray(), [1]);
  },
};
