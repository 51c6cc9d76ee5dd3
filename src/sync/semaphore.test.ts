import { AsyncLocalStorage } from "node:async_hooks";
import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { CancelScope, type Permit } from "../core/index.js";
import { Semaphore } from "./semaphore.js";

const GONE = new Error("gone");

describe("permits", () => {
  test("no more than `permits` proceed at once", async () => {
    const semaphore = new Semaphore(3);
    let running = 0;
    let most = 0;
    const bodies = Array.from({ length: 20 }, () =>
      semaphore.run(async () => {
        most = Math.max(most, (running += 1));
        await Promise.resolve();
        running -= 1;
      }),
    );
    await Promise.all(bodies);
    expect(most).toBe(3);
    expect(semaphore.stats()).toEqual({ permits: 3, available: 3, waiting: 0 });
  });

  test("a permit gives its whole weight back, once", async () => {
    const semaphore = new Semaphore(5);
    const permit = await semaphore.acquire({ weight: 4 });
    expect(semaphore.available).toBe(1);
    permit.release();
    permit.release();
    permit[Symbol.dispose]();
    expect(semaphore.available).toBe(5);
  });

  test("a permit is the only way to give back: its release works for its own semaphore alone", async () => {
    const [mine, other] = [new Semaphore(1), new Semaphore(1)];
    const permit = await mine.acquire();
    const stranger: Partial<Permit> = await other.acquire();
    stranger.release?.call(permit);
    expect([mine.available, other.available]).toEqual([1, 0]);
    expect("release" in mine).toBe(false);
  });

  test("`using` gives back at the end of the block, and a body that throws gives back too", async () => {
    const semaphore = new Semaphore(2);
    {
      using permit = await semaphore.acquire({ weight: 2 });
      expect(semaphore.available).toBe(0);
    }
    await expect(semaphore.run(() => Promise.reject(GONE), { weight: 2 })).rejects.toBe(GONE);
    expect(semaphore.available).toBe(2);
  });

  test("tryAcquire never waits and never overtakes a waiter", async () => {
    const semaphore = new Semaphore(2);
    const held = semaphore.tryAcquire();
    const heavy = semaphore.acquire({ weight: 2 });
    expect(semaphore.tryAcquire()).toBeUndefined(); // one is free, but somebody waits
    held?.release();
    (await heavy).release();
    expect(semaphore.tryAcquire(2)).toBeDefined();
  });
});

describe("weights", () => {
  test("a heavy caller at the head of the line is not starved by lighter ones behind it", async () => {
    const semaphore = new Semaphore(3);
    const held = await Promise.all([1, 2, 3].map(() => semaphore.acquire()));
    const order: string[] = [];
    const heavy = semaphore.run(() => void order.push("heavy"), { weight: 3 });
    const light = semaphore.run(() => void order.push("light"));
    for (const permit of held) {
      permit.release();
      await Promise.resolve();
    }
    await Promise.all([heavy, light]);
    expect(order).toEqual(["heavy", "light"]);
  });

  test("one release lets all pass who fit now", async () => {
    const semaphore = new Semaphore(3);
    const held = await semaphore.acquire({ weight: 3 });
    const light = [semaphore.acquire(), semaphore.acquire(), semaphore.acquire()];
    const more = semaphore.acquire();
    held.release();
    expect(semaphore.stats()).toEqual({ permits: 3, available: 0, waiting: 1 });
    for (const permit of [...light, more]) (await permit).release();
  });

  test("a heavy waiter that is cancelled lets those behind it pass", async () => {
    const semaphore = new Semaphore(2);
    const held = await semaphore.acquire();
    const leaving = new AbortController();
    const heavy = semaphore.acquire({ weight: 2, signal: leaving.signal });
    const light = semaphore.acquire();
    leaving.abort(GONE);
    await expect(heavy).rejects.toBe(GONE);
    (await light).release();
    held.release();
    expect(semaphore.available).toBe(2);
  });

  test("those behind it that the same cancel reaches are cancelled, not let pass", async () => {
    const semaphore = new Semaphore(2);
    const held = await semaphore.acquire();
    const scope = new CancelScope();
    const heavy = semaphore.acquire({ weight: 2, signal: scope.signal });
    const light = semaphore.acquire(new CancelScope(scope));
    const stranger = semaphore.acquire();
    scope.cancel(GONE);
    await expect(heavy).rejects.toBe(GONE);
    await expect(light).rejects.toBe(GONE);
    (await stranger).release();
    held.release();
    expect(semaphore.available).toBe(2);
  });
});

describe("cancelling", () => {
  test("a pre-aborted signal rejects first, and takes nothing", async () => {
    const semaphore = new Semaphore(1);
    await expect(semaphore.acquire({ signal: AbortSignal.abort(GONE) })).rejects.toBe(GONE);
    expect(semaphore.available).toBe(1);
  });

  test("a cancel after the grant does nothing", async () => {
    const semaphore = new Semaphore(1);
    const held = await semaphore.acquire();
    const late = new AbortController();
    const granted = semaphore.acquire({ signal: late.signal });
    held.release();
    late.abort(GONE);
    (await granted).release();
    expect(semaphore.available).toBe(1);
    expect(getEventListeners(late.signal, "abort")).toHaveLength(0);
  });

  test("a holder that is cancelled keeps its permit until it gives it back", async () => {
    const semaphore = new Semaphore(1);
    const late = new AbortController();
    const permit = await semaphore.acquire({ signal: late.signal });
    late.abort(GONE);
    expect(semaphore.available).toBe(0);
    permit.release();
    expect(semaphore.available).toBe(1);
  });
});

test("a function that waited in line runs in the async context of whoever submitted it", async () => {
  const semaphore = new Semaphore(2);
  const who = new AsyncLocalStorage<string>();
  const held = await who.run("holder", () => semaphore.acquire({ weight: 2 }));
  const running = ["ann", "bob", "cat"].map((name) =>
    who.run(name, () => semaphore.run(() => who.getStore())),
  );
  who.run("releaser", () => held.release());
  expect(await Promise.all(running)).toEqual(["ann", "bob", "cat"]);
});

test("wrong arguments throw at the call, with the value", () => {
  const make = (permits: unknown) => () => new Semaphore(permits as number);
  expect(make(-1)).toThrow(new RangeError("permits must be an integer >= 0, got -1"));
  expect(make(1.5)).toThrow(new RangeError("permits must be an integer >= 0, got 1.5"));
  expect(make(Infinity)).toThrow(RangeError);
  expect(make("2")).toThrow(new TypeError('permits must be an integer >= 0, got "2"'));
  const semaphore = new Semaphore(2);
  const zero = new RangeError("weight must be an integer >= 1, got 0");
  const three = new RangeError("weight must be at most 2, got 3");
  expect(() => semaphore.acquire({ weight: 0 })).toThrow(zero);
  expect(() => semaphore.tryAcquire(0)).toThrow(zero);
  expect(() => semaphore.run(() => {}, { weight: 0 })).toThrow(zero);
  expect(() => semaphore.acquire({ weight: 3 })).toThrow(three);
  expect(() => semaphore.acquire({ weight: 3, signal: AbortSignal.abort() })).toThrow(three);
  expect(() => semaphore.run("x" as unknown as () => void)).toThrow(
    new TypeError('body must be a function, got "x"'),
  );
  expect(semaphore.available).toBe(2);
});
