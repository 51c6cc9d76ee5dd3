import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { CancelScope, scopeOf, WaitQueue } from "./index.js";

const listeners = (signal: AbortSignal): number => getEventListeners(signal, "abort").length;

test("one foreign signal has one scope", () => {
  const { signal } = new AbortController();
  expect(scopeOf({ signal })).toBe(scopeOf({ signal }));
  expect(scopeOf({ signal })?.signal).toBe(signal);
});

test("a wait without a signal stands in no scope", () => {
  expect(scopeOf(undefined)).toBeUndefined();
  expect(scopeOf({})).toBeUndefined();
  expect(scopeOf({ signal: undefined })).toBeUndefined();
});

test("one listener per foreign signal, however many scopes and waits hang on it", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const queue = new WaitQueue("gate");
  const scopes = Array.from({ length: 50 }, () => new CancelScope(scopeOf({ signal })));
  const waits = Array.from({ length: 50 }, () => queue.wait({ signal }));
  expect(listeners(signal)).toBe(1);
  controller.abort("stop");
  expect(scopes.every((scope) => scope.reason === "stop")).toBe(true);
  const ends = await Promise.allSettled(waits);
  expect(ends.every((end) => end.status === "rejected" && end.reason === "stop")).toBe(true);
  expect(listeners(signal)).toBe(0);
});

test("the listener is gone when the last that hangs on the signal has left, and comes back", async () => {
  const { signal } = new AbortController();
  const queue = new WaitQueue("gate");
  expect(listeners(signal)).toBe(0);
  const scope = new CancelScope(scopeOf({ signal }));
  const wait = queue.wait({ signal });
  scope.end();
  expect(listeners(signal)).toBe(1);
  queue.wakeOne();
  await wait;
  expect(listeners(signal)).toBe(0);
  const callback = scopeOf({ signal })?.onCancel(() => {});
  expect(listeners(signal)).toBe(1);
  callback?.[Symbol.dispose]();
  expect(listeners(signal)).toBe(0);
});

test("a wait in a scope, or with the signal of one, puts no listener anywhere", async () => {
  const scope = new CancelScope();
  const { signal } = scope;
  const queue = new WaitQueue("gate");
  const waits = [queue.wait(scope), queue.wait({ signal })];
  expect(listeners(signal)).toBe(0);
  scope.cancel("stop");
  const ends = await Promise.allSettled(waits);
  expect(ends).toEqual([
    { status: "rejected", reason: "stop" },
    { status: "rejected", reason: "stop" },
  ]);
});

test("an aborted foreign signal is a cancelled scope, without a listener", async () => {
  const signal = AbortSignal.abort("early");
  const scope = scopeOf({ signal });
  expect([scope?.cancelled, scope?.reason]).toEqual([true, "early"]);
  expect(new CancelScope(scope).reason).toBe("early");
  expect(listeners(signal)).toBe(0);
});

test("a signal aborted with a falsy reason keeps it", () => {
  const controller = new AbortController();
  const { signal } = controller;
  const scope = new CancelScope(scopeOf({ signal }));
  controller.abort(0);
  expect([scope.cancelled, scope.reason]).toEqual([true, 0]);
});

test("a cancel by a foreign signal reaches 10,000 nested scopes", () => {
  const controller = new AbortController();
  let last = new CancelScope(scopeOf(controller));
  for (let depth = 0; depth < 10_000; depth += 1) last = new CancelScope(last);
  controller.abort("deep");
  expect(last.reason).toBe("deep");
});

test("a scope shielded below a foreign signal leaves no listener when it ends after the abort", () => {
  const controller = new AbortController();
  const { signal } = controller;
  const before = new CancelScope(scopeOf({ signal }), true);
  controller.abort();
  const after = new CancelScope(scopeOf({ signal }), true);
  expect([before.cancelled, after.cancelled]).toEqual([false, false]);
  before.end();
  after.end();
  expect(listeners(signal)).toBe(0);
});

test.each([
  ["a word", { signal: "stop" }, "stop"],
  ["a controller in place of its signal", { signal: new AbortController() }, "AbortController"],
  ["a number in place of the options", 5, "5"],
  ["a signal in place of the options", new AbortController().signal, "{ signal }"],
])("what is no signal throws a TypeError with the value: %s", (_, wait, shown) => {
  const call = () => scopeOf(wait as never);
  expect(call).toThrow(TypeError);
  expect(call).toThrow(shown);
});
