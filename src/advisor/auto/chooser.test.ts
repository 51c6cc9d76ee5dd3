import { expect, test } from "vitest";
import { host } from "../../core/index.js";
import type { Meter, Reading } from "../meter.js";
import { Chooser } from "./chooser.js";
import type { TaskRecord } from "./task-record.js";

/** A clock of the test's own, and how long the loop was held by it. */
class Hands implements Meter {
  #atMs = 0;
  #activeMs = 0;

  pass(ms: number, activeMs: number): void {
    this.#atMs += ms;
    this.#activeMs += activeMs;
  }

  read(): Reading {
    return { atMs: this.#atMs, activeMs: this.#activeMs, cpuMs: this.#activeMs, queuedMs: 0 };
  }
}

const double = (n: number): number => 2 * n;

/** A function that computed for 1 ms a call on the loop, 200 times, and then moved to threads. */
function moved(): { chooser: Chooser; hands: Hands; record: TaskRecord } {
  const hands = new Hands();
  const chooser = new Chooser({ limit: 4, workers: 2, sliceMs: 10 }, hands);
  const record = chooser.recordOf(double);
  record.begins();
  for (let call = 0; call < 200; call += 1) {
    record.held(1, false);
    record.ends("async", 1, 1);
  }
  hands.pass(200, 200);
  chooser.choose(record, true, undefined, undefined);
  record.moveTo("threads");
  return { chooser, hands, record };
}

test("what stays on the loop though threads promise more is not told that they don't pay", () => {
  const { record } = moved();
  expect(record.decision).toMatchObject({
    model: "async",
    reason: expect.stringMatching(/on the loop for now, with threads x2 predicted [\d.]+ times$/),
  });
});

test("a function comes back from threads that don't keep the promise, and stays for a while", () => {
  const { chooser, hands, record } = moved();
  record.begins();
  record.ends("threads", 20, Infinity);
  hands.pass(200, 1);
  expect(chooser.choose(record, true, undefined, undefined)).toBe("async");
  expect(record.decision.reason).toMatch(
    /^back from threads: 100 per second.*; on the loop 1,000 per second$/,
  );
  expect(record.heldOffUntilMs).toBeGreaterThan(host.nowMs());
  const firstMs = record.heldOffUntilMs - host.nowMs();
  record.moveTo("threads");
  record.ends("threads", 20, Infinity);
  hands.pass(200, 1);
  chooser.choose(record, true, undefined, undefined);
  expect(record.heldOffUntilMs - host.nowMs()).toBeGreaterThan(1.5 * firstMs); // and longer each time
});

test("a function stays in threads that keep the promise, and where it can't be told yet", () => {
  const { chooser, hands, record } = moved();
  record.begins();
  record.ends("threads", 5, Infinity);
  hands.pass(50, 1);
  expect(chooser.choose(record, true, undefined, undefined)).toBe("threads");
  record.ends("threads", 400, Infinity);
  hands.pass(200, 1);
  expect(chooser.choose(record, true, undefined, undefined)).toBe("threads");
});

test("an arrow function in a loop is one function", () => {
  const chooser = new Chooser({ limit: 4, workers: 2, sliceMs: 10 }, new Hands());
  const made = [1, 2].map(() => (n: number) => n + 1);
  expect(made[0]).not.toBe(made[1]);
  expect(chooser.recordOf(made[0]!)).toBe(chooser.recordOf(made[1]!));
});

test("a short function is not judged by a few calls, by its first ones, or by one that was kept from its core", () => {
  const hands = new Hands();
  const chooser = new Chooser({ limit: 4, workers: 2, sliceMs: 10 }, hands);
  const record = chooser.recordOf(double);
  record.begins();
  const call = (count: number, ms: number): void => {
    for (let i = 0; i < count; i += 1) record.held(ms, false);
    record.ends("async", count, ms);
    hands.pass(count * ms, count * ms);
  };
  call(30, 0.05);
  expect(record.due(100, 10)).toBe(false);
  call(100, 0.05);
  expect(record.due(100, 10)).toBe(true);
  expect(chooser.choose(record, true, undefined, undefined)).toBe("async");
  expect(record.decision.reason).toBe("it has not been measured yet");
  call(300, 0.02);
  call(1, 9);
  chooser.choose(record, true, undefined, undefined);
  expect(record.profile?.heldMs).toBeCloseTo(0.02);
  expect(record.decision.reason).toMatch(/^CPU-bound: 20 µs busy of 20 µs/);
});
