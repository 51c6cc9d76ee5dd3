import { expect, test } from "vitest";
import { host } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { AdaptiveLimiter, type AdaptiveLimiterOptions, type LimitSample } from "./index.js";

const GONE = new Error("gone");
const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => void host.startTimer(resolve, ms));
const still = { update: (limit: number): number => limit };

function limiterOf(limit: number, more: Partial<AdaptiveLimiterOptions> = {}): AdaptiveLimiter {
  return new AdaptiveLimiter({ target: still, initial: limit, ...more });
}

test("at most limit hold a permit, the others wait first come, first served", async () => {
  const limiter = limiterOf(2);
  const held = [await limiter.acquire(), await limiter.acquire()];
  const order: number[] = [];
  const waiting = [1, 2].map((n) => limiter.acquire().then((p) => (order.push(n), p)));
  expect(limiter.tryAcquire()).toBeUndefined();
  expect(limiter.stats()).toMatchObject({ limit: 2, running: 2, waiting: 2 });
  held[1]!.release();
  const first = await waiting[0]!;
  expect(order).toEqual([1]);
  first.release();
  first.release(); // does nothing
  await waiting[1];
  expect(limiter.stats()).toMatchObject({ running: 2, waiting: 0 });
});

test("a newcomer never overtakes who waits, though a permit is free", async () => {
  const target = { update: (limit: number): number => limit };
  const limiter = new AdaptiveLimiter({ target, initial: 1 });
  const held = await limiter.acquire();
  const waiting = limiter.acquire();
  held.release();
  expect(limiter.tryAcquire()).toBeUndefined();
  (await waiting).release();
  expect(limiter.tryAcquire()).toBeDefined();
});

test("a cancel before the grant takes the caller out, and the grant goes to the next", async () => {
  const limiter = limiterOf(1);
  const held = await limiter.acquire();
  const leaving = new AbortController();
  const first = limiter.acquire(leaving);
  const second = limiter.acquire();
  leaving.abort(GONE);
  await expect(first).rejects.toBe(GONE);
  held.release();
  (await second).release();
  expect(limiter.stats()).toMatchObject({ running: 0, waiting: 0, refused: 0 });
  await expect(limiter.acquire(leaving)).rejects.toBe(GONE);
  expect(limiter.stats().running).toBe(0);
});

test("who has waited for the interval is turned away, with OVERLOADED", async () => {
  await new VirtualHost().run(async () => {
    const limiter = limiterOf(1, { name: "api" });
    await limiter.acquire();
    const refused = limiter.acquire();
    await expect(refused).rejects.toMatchObject({ code: "OVERLOADED" });
    await expect(refused).rejects.toThrow(
      /limiter "api" is overloaded: nothing was free for 50 ms/,
    );
    expect(host.nowMs()).toBe(50);
    expect(limiter.stats()).toMatchObject({ waiting: 0, refused: 1, overloaded: false });
  });
});

test("a full line turns away at once", async () => {
  const limiter = limiterOf(1, { capacity: 1 });
  const held = await limiter.acquire();
  const waiting = limiter.acquire();
  await expect(limiter.acquire()).rejects.toMatchObject({ code: "OVERLOADED" });
  held.release();
  await waiting;
});

test("when the line has lasted, the newest is served first and nobody waits longer than the target", async () => {
  await new VirtualHost().run(async () => {
    const limiter = limiterOf(1, { intervalMs: 100 });
    let held = await limiter.acquire();
    const told: string[] = [];
    const come = (name: string): void => {
      limiter.acquire().then(
        (permit) => (told.push(`${name} in at ${host.nowMs()}`), (held = permit)),
        () => told.push(`${name} refused at ${host.nowMs()}`),
      );
    };
    come("a");
    await pause(97);
    come("b");
    await pause(4); // the line is 101 ms old
    come("c");
    expect(limiter.stats().overloaded).toBe(true);
    held.release();
    await pause(10);
    expect(told).toEqual(["a refused at 100", "c in at 101", "b refused at 102"]);
    expect(limiter.stats()).toMatchObject({ running: 1, waiting: 0, overloaded: false });
  });
});

test("the limit follows the rule between min and max, and whoever fits then is let in", async () => {
  const samples: LimitSample[] = [];
  let next = 3;
  const target = { update: (_: number, sample: LimitSample) => (samples.push(sample), next) };
  await new VirtualHost().run(async () => {
    const limiter = new AdaptiveLimiter({ target, min: 2, max: 4, initial: 2 });
    const held = [await limiter.acquire(), await limiter.acquire()];
    const waiting = [limiter.acquire(), limiter.acquire()];
    await pause(10);
    held[0]!.release();
    await Promise.all(waiting); // one by the release, one by the higher limit
    expect(samples).toEqual([{ latencyMs: 10, running: 1, overloaded: false }]);
    next = 99;
    held[1]!.release("overloaded");
    expect([limiter.limit, samples[1]?.overloaded]).toEqual([4, true]);
    next = -5;
    (await waiting[0]!).release();
    expect(limiter.limit).toBe(2);
    (await waiting[1]!).release("ignored");
    expect(samples.length).toBe(3);
  });
});

test("a rule that throws loses no permit and forgets nobody", async () => {
  const target = {
    update(): number {
      throw GONE;
    },
  };
  const limiter = new AdaptiveLimiter({ target, initial: 1 });
  const held = await limiter.acquire();
  const waiting = limiter.acquire();
  expect(() => held.release()).toThrow(GONE);
  (await waiting).release("ignored");
  expect(limiter.stats()).toMatchObject({ running: 0, waiting: 0 });
});

test("run gives the permit back whatever happens, and a failure is no sample", async () => {
  let samples = 0;
  const target = { update: (limit: number): number => ((samples += 1), limit) };
  const limiter = new AdaptiveLimiter({ target, initial: 1 });
  expect(await limiter.run(() => 7)).toBe(7);
  const failing = limiter.run(() => {
    throw GONE;
  });
  await expect(failing).rejects.toBe(GONE);
  expect([samples, limiter.stats().running]).toEqual([1, 0]);
});

test("bad arguments are refused at the call, with the value", () => {
  const refuse = (more: object, message: RegExp): void =>
    expect(() => new AdaptiveLimiter({ target: still, ...more })).toThrow(message);
  refuse({ target: {} }, /target must be a rule, such as vegas\(\)/);
  refuse({ min: 0 }, /min must be an integer >= 1, got 0/);
  refuse({ min: 5, max: 4 }, /max must be an integer >= 5/);
  refuse({ max: 4, initial: 5 }, /initial must be at most max, 4, got 5/);
  refuse({ capacity: -1 }, /capacity/);
  refuse({ targetMs: 0 }, /targetMs/);
  refuse({ intervalMs: Infinity }, /intervalMs/);
});
