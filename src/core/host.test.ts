import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { host, installHost, realHost } from "./index.js";

test("the real host is in charge until another is installed, and again when that is disposed", () => {
  expect(host).toBe(realHost);
  const other = { ...realHost, nowMs: () => 7 };
  const installed = installHost(other);
  expect(host).toBe(other);
  installed[Symbol.dispose]();
  expect(host).toBe(realHost);
});

test("the clock is monotonic", () => {
  const readings = Array.from({ length: 1_000 }, () => realHost.nowMs());
  expect(readings).toEqual(readings.toSorted((a, b) => a - b));
});

test("chance is in [0, 1)", () => {
  for (let i = 0; i < 1_000; i += 1) {
    const chance = realHost.random();
    expect(chance >= 0 && chance < 1).toBe(true);
  }
});

test("a turn comes after all microtasks, and turns come in order", async () => {
  const ran: string[] = [];
  await new Promise<void>((resolve) => {
    realHost.soon(() => ran.push("first turn"));
    realHost.soon(() => {
      ran.push("second turn");
      resolve();
    });
    queueMicrotask(() => queueMicrotask(() => ran.push("microtask")));
    ran.push("now");
  });
  expect(ran).toEqual(["now", "microtask", "first turn", "second turn"]);
});

test("a timer of zero or less is a turn, and not a millisecond", async () => {
  const ran: string[] = [];
  await new Promise<void>((resolve) => {
    realHost.startTimer(() => ran.push("zero"), 0);
    realHost.startTimer(() => ran.push("long past"), -Infinity);
    realHost.soon(resolve);
  });
  expect(ran).toEqual(["zero", "long past"]);
});

test("a stopped turn does not run; stopping it again, or one that ran, is ignored", async () => {
  const ran: string[] = [];
  const stopped = realHost.startTimer(() => ran.push("stopped"), 0);
  const kept = realHost.startTimer(() => ran.push("kept"), 0);
  realHost.stopTimer(stopped);
  realHost.stopTimer(stopped);
  await new Promise<void>((resolve) => realHost.soon(resolve));
  realHost.stopTimer(kept);
  expect(ran).toEqual(["kept"]);
});

describe("with the platform's timers under control", () => {
  const LONGEST_MS = 2 ** 31 - 1;
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function startedTimer(delayMs: number): { timer: unknown; ran: () => number } {
    let count = 0;
    const timer = realHost.startTimer(() => (count += 1), delayMs);
    return { timer, ran: () => count };
  }

  test.each([
    ["short", 5],
    ["the longest that the platform keeps", LONGEST_MS],
    ["one more than that", LONGEST_MS + 1],
    ["several times that", 3 * LONGEST_MS + 10],
  ])("a timer runs once, when its delay has passed and not before: %s", (_, delayMs) => {
    const { ran } = startedTimer(delayMs);
    vi.advanceTimersByTime(delayMs - 1);
    expect(ran()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(ran()).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    ["at once", 0],
    ["after its first leg", LONGEST_MS + 1],
    ["on its last leg", 2 * LONGEST_MS + 5],
  ])("a long timer that is stopped leaves nothing behind: %s", (_, afterMs) => {
    const { timer, ran } = startedTimer(2 * LONGEST_MS + 10);
    vi.advanceTimersByTime(afterMs);
    expect(vi.getTimerCount()).toBe(1);
    realHost.stopTimer(timer);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(3 * LONGEST_MS);
    expect(ran()).toBe(0);
  });

  test("a timer for ever does not run in a century", () => {
    const { timer, ran } = startedTimer(Infinity);
    vi.advanceTimersByTime(100 * 365 * 86_400_000);
    expect(ran()).toBe(0);
    realHost.stopTimer(timer);
    expect(vi.getTimerCount()).toBe(0);
  });
});
