import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { Barrier } from "./barrier.js";

const GONE = new Error("gone");

test("all go on when the last has come, with places 0 to parties - 1 in order of arrival", async () => {
  const barrier = new Barrier(3);
  for (let round = 0; round < 2; round += 1) {
    const waiting = [barrier.wait(), barrier.wait()];
    expect(barrier.waiting).toBe(2);
    waiting.push(barrier.wait());
    expect(barrier.waiting).toBe(0);
    expect(await Promise.all(waiting)).toEqual([0, 1, 2]);
  }
});

test("a barrier for one holds nobody", async () => {
  expect(await new Barrier(1).wait()).toBe(0);
});

test("a cancelled waiter leaves without breaking it, and counts as never come", async () => {
  const barrier = new Barrier(3);
  const leaving = new AbortController();
  const first = barrier.wait({ signal: leaving.signal });
  const second = barrier.wait();
  leaving.abort(GONE);
  await expect(first).rejects.toBe(GONE);
  expect(barrier.stats()).toEqual({ parties: 3, waiting: 1, broken: false });
  const rest = [second, barrier.wait(), barrier.wait()];
  expect(await Promise.all(rest)).toEqual([0, 1, 2]);
});

test("a cancel after the last has come does nothing", async () => {
  const barrier = new Barrier(2);
  const late = new AbortController();
  const first = barrier.wait({ signal: late.signal });
  const second = barrier.wait();
  late.abort(GONE);
  expect(await Promise.all([first, second])).toEqual([0, 1]);
  expect(getEventListeners(late.signal, "abort")).toHaveLength(0);
});

test("reset sends the waiting away with BROKEN and starts afresh", async () => {
  const barrier = new Barrier(2);
  const waiting = barrier.wait();
  barrier.reset();
  await expect(waiting).rejects.toMatchObject({ code: "BROKEN" });
  expect(barrier.broken).toBe(false);
  expect(await Promise.all([barrier.wait(), barrier.wait()])).toEqual([0, 1]);
});

test("abort sends away with BROKEN those that wait and those that come, until reset", async () => {
  const barrier = new Barrier(2);
  const waiting = barrier.wait();
  barrier.abort();
  await expect(waiting).rejects.toMatchObject({ code: "BROKEN" });
  await expect(barrier.wait()).rejects.toMatchObject({ code: "BROKEN" });
  expect(barrier.stats()).toEqual({ parties: 2, waiting: 0, broken: true });
  barrier.reset();
  expect(await Promise.all([barrier.wait(), barrier.wait()])).toEqual([0, 1]);
});

test("a pre-aborted signal rejects first: before BROKEN, and though it would complete the barrier", async () => {
  const barrier = new Barrier(2);
  const signal = AbortSignal.abort(GONE);
  const waiting = barrier.wait();
  await expect(barrier.wait({ signal })).rejects.toBe(GONE);
  expect(barrier.waiting).toBe(1);
  barrier.abort();
  await expect(barrier.wait({ signal })).rejects.toBe(GONE);
  await expect(waiting).rejects.toMatchObject({ code: "BROKEN" });
});

test("wrong arguments throw at the call, with the value", () => {
  const make = (parties: unknown) => () => new Barrier(parties as number);
  expect(make(0)).toThrow(new RangeError("parties must be an integer >= 1, got 0"));
  expect(make(Infinity)).toThrow(RangeError);
  expect(make(undefined)).toThrow(new TypeError("parties must be an integer >= 1, got undefined"));
  expect(() => new Barrier(2).wait({ signal: 5 as unknown as AbortSignal })).toThrow(TypeError);
});
