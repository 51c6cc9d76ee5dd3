import { expect, test } from "vitest";
import { host } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { aimd, gradient2, type LimitRule, vegas } from "./index.js";

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => void host.startTimer(resolve, ms));

/** A service that works on `workers` at a time for 10 ms each, and queues the others. */
function settle(rule: LimitRule, workers: number, from: number, rounds = 3_000): number {
  let limit = from;
  for (let i = 0; i < rounds; i += 1) {
    const running = Math.floor(limit);
    const latencyMs = (10 * Math.max(running, workers)) / workers;
    limit = Math.max(
      1,
      Math.min(1_000, rule.update(limit, { latencyMs, running, overloaded: false })),
    );
  }
  return limit;
}

test("aimd grows while the loop is on time, and cuts once per interval while it is late", async () => {
  await new VirtualHost().run(async () => {
    const delay = { delayMs: 0 };
    const rule = aimd({ delay, targetMs: 20, cutEveryMs: 100 });
    const sample = { latencyMs: 5, running: 10, overloaded: false };
    expect(rule.update(10, sample)).toBe(10.1);
    expect(rule.update(10, { ...sample, running: 4 })).toBe(10); // it isn't used: no reason to grow
    delay.delayMs = 21;
    expect(rule.update(10, sample)).toBe(9);
    expect(rule.update(9, sample)).toBe(9);
    await pause(100);
    expect(rule.update(9, sample)).toBeCloseTo(8.1);
    delay.delayMs = 0;
    await pause(100);
    expect(rule.update(10, { ...sample, overloaded: true })).toBe(9);
  });
});

test("vegas ends where little waits further down, from far below and from near", () => {
  for (const from of [1, 20]) {
    const limit = settle(vegas({ probeEvery: 1e9 }), 20, from);
    expect(limit).toBeGreaterThan(20);
    expect(limit).toBeLessThan(40);
  }
  const rule = vegas();
  rule.update(20, { latencyMs: 10, running: 20, overloaded: false });
  expect(rule.update(20, { latencyMs: 100, running: 20, overloaded: false })).toBeLessThan(20);
  expect(rule.update(20, { latencyMs: 10, running: 20, overloaded: true })).toBeLessThan(20);
  expect(rule.update(20, { latencyMs: 10, running: 2, overloaded: false })).toBe(20);
});

test("gradient2 falls when latency rises above what is usual, and grows while it doesn't", () => {
  const rule = gradient2();
  const sample = { latencyMs: 10, running: 20, overloaded: false };
  let limit = 20;
  for (let i = 0; i < 50; i += 1) limit = rule.update(limit, { ...sample, running: limit });
  expect(limit).toBeGreaterThan(40);
  const before = limit;
  for (let i = 0; i < 10; i += 1)
    limit = rule.update(limit, { latencyMs: 100, running: limit, overloaded: false });
  expect(limit).toBeLessThan(before);
  expect(rule.update(20, { ...sample, overloaded: true })).toBeLessThan(20);
  expect(rule.update(20, { ...sample, running: 2 })).toBe(20);
});

test("no rule gives a limit that isn't a finite number, whatever it sees", () => {
  for (const rule of [gradient2(), vegas(), aimd({ delay: { delayMs: 5 } })]) {
    for (const latencyMs of [0, 1e-9, 1, 1e9, 0])
      for (const running of [0, 1, 1_000])
        for (const overloaded of [true, false]) {
          const limit = rule.update(10, { latencyMs, running, overloaded });
          expect(Number.isFinite(limit), `${latencyMs} ${running} ${overloaded}`).toBe(true);
        }
  }
});

test("bad arguments are refused at the call, with the value", () => {
  expect(() => aimd({} as never)).toThrow(/delay must be something with a delayMs/);
  expect(() => aimd({ delay: { delayMs: 0 }, targetMs: 0 })).toThrow(/targetMs/);
  expect(() => gradient2({ tolerance: 0.5 })).toThrow(/tolerance must be a number >= 1/);
  expect(() => gradient2({ slack: 0 })).toThrow(/slack/);
  expect(() => vegas({ probeEvery: -1 })).toThrow(/probeEvery must be a finite number > 0, got -1/);
});
