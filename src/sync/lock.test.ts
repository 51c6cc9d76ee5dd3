import { AsyncLocalStorage } from "node:async_hooks";
import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { CancelScope, host } from "../core/index.js";
import { Lock } from "./lock.js";

const turn = (): Promise<void> => new Promise((resolve) => host.soon(resolve));
const GONE = new Error("gone");

describe("handing over", () => {
  test("the lock goes to those in line in the order in which they came", async () => {
    const lock = new Lock();
    const order: number[] = [];
    const callers = [0, 1, 2, 3].map((n) => lock.run(() => void order.push(n)));
    await Promise.all(callers);
    expect(order).toEqual([0, 1, 2, 3]);
    expect(lock.stats()).toEqual({ locked: false, waiting: 0 });
  });

  test("a release hands the lock on in the same step: nobody can barge in between", async () => {
    const lock = new Lock();
    const held = await lock.acquire();
    const next = lock.acquire();
    held.release();
    expect(lock.tryAcquire()).toBeUndefined();
    const late = lock.acquire();
    (await next).release();
    (await late).release();
    expect(lock.locked).toBe(false);
  });

  test("a body that throws gives the lock back", async () => {
    const lock = new Lock();
    const thrown = lock.run(() => {
      throw GONE;
    });
    await expect(thrown).rejects.toBe(GONE);
    await expect(lock.run(() => Promise.reject(GONE))).rejects.toBe(GONE);
    expect(lock.locked).toBe(false);
  });
});

describe("permits", () => {
  test("a second release does nothing, also when somebody else holds the lock by then", async () => {
    const lock = new Lock();
    const first = await lock.acquire();
    const second = lock.acquire();
    const third = lock.acquire();
    first.release();
    first.release();
    await second;
    first.release();
    expect(lock.stats()).toEqual({ locked: true, waiting: 1 });
    (await second).release();
    (await third).release();
  });

  test("`using` gives the lock back at the end of the block", async () => {
    const lock = new Lock();
    {
      using permit = await lock.acquire();
      expect(lock.locked).toBe(true);
    }
    expect(lock.locked).toBe(false);
  });

  test("a permit of one lock does nothing to another", async () => {
    const [mine, other] = [new Lock(), new Lock()];
    const permit = await mine.acquire();
    await other.acquire();
    permit.release();
    expect([mine.locked, other.locked]).toEqual([false, true]);
  });
});

describe("cancelling", () => {
  test("a cancelled waiter gives its turn to the next one", async () => {
    const lock = new Lock();
    const held = await lock.acquire();
    const leaving = new AbortController();
    const first = lock.acquire({ signal: leaving.signal });
    const second = lock.acquire();
    leaving.abort(GONE);
    await expect(first).rejects.toBe(GONE);
    held.release();
    (await second).release();
    expect(lock.stats()).toEqual({ locked: false, waiting: 0 });
  });

  test("a release by somebody's cleanup does not hand the lock to a caller whom the same cancel reached", async () => {
    const lock = new Lock();
    const scope = new CancelScope();
    const held = await lock.acquire();
    scope.onCancel(() => held.release());
    const waiting = lock.acquire(new CancelScope(scope));
    const stranger = lock.acquire();
    scope.cancel(GONE);
    await expect(waiting).rejects.toBe(GONE);
    (await stranger).release();
  });

  test("a cancel after the grant does nothing", async () => {
    const lock = new Lock();
    const held = await lock.acquire();
    const late = new AbortController();
    const granted = lock.acquire({ signal: late.signal });
    held.release();
    late.abort(GONE);
    (await granted).release();
    expect(lock.locked).toBe(false);
  });

  test("a pre-aborted signal rejects first, and the free lock stays free", async () => {
    const lock = new Lock();
    await expect(lock.acquire({ signal: AbortSignal.abort(GONE) })).rejects.toBe(GONE);
    let ran = false;
    const run = lock.run(() => (ran = true), { signal: AbortSignal.abort(GONE) });
    await expect(run).rejects.toBe(GONE);
    expect([lock.locked, ran]).toEqual([false, false]);
  });

  test("a wait takes a scope as it stands", async () => {
    const lock = new Lock();
    await lock.acquire();
    const scope = new CancelScope();
    const waiting = lock.acquire(scope);
    scope.cancel(GONE);
    await expect(waiting).rejects.toBe(GONE);
  });

  test("while it waits there is one listener on the signal, afterwards none", async () => {
    const lock = new Lock();
    const { signal } = new AbortController();
    const held = await lock.acquire({ signal });
    const waiting = [lock.acquire({ signal }), lock.acquire({ signal })];
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    held.release();
    for (const permit of waiting) (await permit).release();
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});

test("a function that waited in line runs in the async context of whoever submitted it", async () => {
  const lock = new Lock();
  const who = new AsyncLocalStorage<string>();
  const held = await who.run("holder", () => lock.acquire());
  const seen: (string | undefined)[] = [];
  const running = ["ann", "bob"].map((name) =>
    who.run(name, () =>
      lock.run(async () => {
        seen.push(who.getStore());
        await turn();
        seen.push(who.getStore());
      }),
    ),
  );
  who.run("releaser", () => held.release());
  await Promise.all(running);
  expect(seen).toEqual(["ann", "ann", "bob", "bob"]);
});

test("wrong arguments throw at the call, with the value", () => {
  const lock = new Lock();
  const wrong = "yes" as unknown as AbortSignal;
  expect(() => lock.acquire({ signal: wrong })).toThrow(
    new TypeError('signal must be an AbortSignal, got "yes"'),
  );
  expect(() => lock.run("x" as unknown as () => void)).toThrow(
    new TypeError('body must be a function, got "x"'),
  );
  expect(() => lock.run(() => {}, { signal: wrong })).toThrow(TypeError);
  expect(lock.locked).toBe(false);
});
