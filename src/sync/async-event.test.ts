import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { AsyncEvent } from "./async-event.js";

const GONE = new Error("gone");

test("set wakes all that wait, in the order in which they came", async () => {
  const event = new AsyncEvent();
  const order: number[] = [];
  const waiting = [0, 1, 2].map((n) => event.wait().then(() => order.push(n)));
  expect(event.stats()).toEqual({ isSet: false, waiting: 3 });
  event.set();
  expect(event.stats()).toEqual({ isSet: true, waiting: 0 });
  await Promise.all(waiting);
  expect(order).toEqual([0, 1, 2]);
});

test("while it is set nobody waits", async () => {
  const event = new AsyncEvent();
  event.set();
  event.set();
  await event.wait();
  expect(event.stats()).toEqual({ isSet: true, waiting: 0 });
});

test("whoever was woken stays awake when the flag is taken down at once", async () => {
  const event = new AsyncEvent();
  const woken = event.wait();
  event.set();
  event.clear();
  const late = event.wait();
  await woken;
  expect(event.stats()).toEqual({ isSet: false, waiting: 1 });
  event.set();
  await late;
});

test("a cancelled waiter leaves, the others wait on", async () => {
  const event = new AsyncEvent();
  const leaving = new AbortController();
  const first = event.wait({ signal: leaving.signal });
  const second = event.wait();
  leaving.abort(GONE);
  await expect(first).rejects.toBe(GONE);
  expect(event.stats().waiting).toBe(1);
  event.set();
  await second;
});

test("a cancel after set does nothing", async () => {
  const event = new AsyncEvent();
  const late = new AbortController();
  const woken = event.wait({ signal: late.signal });
  event.set();
  late.abort(GONE);
  await woken;
  expect(getEventListeners(late.signal, "abort")).toHaveLength(0);
});

test("a pre-aborted signal rejects first, even if the event is set", async () => {
  const event = new AsyncEvent();
  event.set();
  await expect(event.wait({ signal: AbortSignal.abort(GONE) })).rejects.toBe(GONE);
});

test("wrong arguments throw at the call, with the value", () => {
  expect(() => new AsyncEvent().wait({ signal: 5 as unknown as AbortSignal })).toThrow(
    new TypeError("signal must be an AbortSignal, got 5"),
  );
});
