import { expect, onTestFinished, test } from "vitest";
import { installHost, realHost } from "../core/index.js";
import { RateLimiter } from "./rate-limiter.js";

const GONE = new Error("gone");

/** A clock and timers that move only by hand. */
function handClock() {
  const timers = new Map<unknown, { run: () => void; delayMs: number }>();
  const clock = {
    nowMs: 0,
    delays: (): number[] => [...timers.values()].map(({ delayMs }) => delayMs),
    fire(): void {
      const due = [...timers.values()];
      timers.clear();
      for (const { run } of due) run();
    },
  };
  const installed = installHost({
    ...realHost,
    nowMs: () => clock.nowMs,
    startTimer(run, delayMs) {
      const timer = {};
      timers.set(timer, { run, delayMs });
      return timer;
    },
    stopTimer: (timer) => void timers.delete(timer),
  });
  onTestFinished(() => installed[Symbol.dispose]());
  return clock;
}

test("there is one timer while somebody waits, and none when nobody does", async () => {
  const clock = handClock();
  const limiter = new RateLimiter({ permits: 1, perMs: 10 });
  await limiter.acquire();
  expect(clock.delays()).toEqual([]);
  const leaving = [new AbortController(), new AbortController()];
  const waits = leaving.map(({ signal }) => limiter.acquire({ signal }));
  expect(clock.delays()).toEqual([10]);
  leaving[0]?.abort(GONE);
  expect(clock.delays()).toEqual([10]);
  leaving[1]?.abort(GONE);
  expect(clock.delays()).toEqual([]);
  for (const wait of waits) await expect(wait).rejects.toBe(GONE);
});

test("a timer that fires too early lets nobody through and is set again", async () => {
  const clock = handClock();
  const limiter = new RateLimiter({ permits: 1, perMs: 10 });
  await limiter.acquire();
  const waiting = limiter.acquire();
  clock.nowMs = 9.5;
  clock.fire();
  expect(limiter.stats().waiting).toBe(1);
  expect(clock.delays()).toEqual([0.5]);
  clock.nowMs = 10;
  clock.fire();
  await waiting;
  expect(clock.delays()).toEqual([]);
});

test("a timer that fires late lets all through that are due, and no more", () => {
  const clock = handClock();
  const limiter = new RateLimiter({ permits: 1, perMs: 10, burst: 3 });
  for (let i = 0; i < 8; i += 1) void limiter.acquire();
  expect(limiter.stats()).toEqual({ available: 0, waiting: 5 });
  clock.nowMs = 25;
  clock.fire();
  expect(limiter.stats()).toEqual({ available: 0, waiting: 3 });
  expect(clock.delays()).toEqual([5]);
});

test("while the timer is late nobody overtakes those in line", async () => {
  const clock = handClock();
  const limiter = new RateLimiter({ permits: 1, perMs: 10 });
  await limiter.acquire();
  const order: string[] = [];
  const first = limiter.acquire().then(() => order.push("first"));
  clock.nowMs = 15; // the turn has come, but the loop was busy
  expect(limiter.tryAcquire()).toBe(false);
  const second = limiter.acquire().then(() => order.push("second"));
  clock.fire();
  await first;
  clock.nowMs = 25;
  clock.fire();
  await second;
  expect(order).toEqual(["first", "second"]);
});

test("a due time that floating point cannot hit exactly still comes", () => {
  const clock = handClock();
  const limiter = new RateLimiter({ permits: 2, perMs: 1, burst: 1 });
  for (let i = 0; i < 100; i += 1) void limiter.acquire();
  for (let fired = 0; limiter.stats().waiting > 0; fired += 1) {
    expect(fired).toBeLessThan(200); // each caller needs one timer, and rounding at most one more
    clock.nowMs += clock.delays()[0] ?? 0;
    clock.fire();
  }
  expect(clock.nowMs).toBeCloseTo(99 / 2);
});
