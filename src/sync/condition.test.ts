import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { host, type Permit } from "../core/index.js";
import { Condition } from "./condition.js";
import { Lock } from "./lock.js";

const turn = (): Promise<void> => new Promise((resolve) => host.soon(resolve));
const GONE = new Error("gone");

/** A lock, its condition, and callers that each wait on it and write down how that ended. */
function room() {
  const lock = new Lock();
  const condition = new Condition(lock);
  const ended: string[] = [];
  const enter = async (name: string, signal?: AbortSignal): Promise<void> => {
    using permit = await lock.acquire();
    try {
      await condition.wait({ signal });
      ended.push(`${name} notified`);
    } catch (error) {
      ended.push(error === GONE ? `${name} cancelled` : `${name} failed`);
    }
    expect(lock.locked).toBe(true);
  };
  return { lock, condition, ended, enter };
}

describe("waiting", () => {
  test("while a caller waits the lock is free, and afterwards it is held again by the same permit", async () => {
    const lock = new Lock();
    const condition = new Condition(lock);
    const permit = await lock.acquire();
    const waiting = condition.wait();
    expect(lock.locked).toBe(false);
    permit.release(); // not valid now: nothing happens
    const other = await lock.acquire();
    permit.release(); // the other's turn is not ours to end
    expect(lock.locked).toBe(true);
    condition.notify();
    other.release();
    await waiting;
    expect(lock.tryAcquire()).toBeUndefined();
    permit.release();
    expect(lock.locked).toBe(false);
  });

  test("a free lock goes to the first in its line when a caller begins to wait", async () => {
    const lock = new Lock();
    const condition = new Condition(lock);
    await lock.acquire();
    const next = lock.acquire();
    const waiting = condition.wait();
    (await next).release();
    condition.notifyAll();
    await waiting;
    expect(lock.stats()).toEqual({ locked: true, waiting: 0 });
  });

  test("notify wakes those that have waited longest, as many as asked for", async () => {
    const { lock, condition, ended, enter } = room();
    const callers = ["a", "b", "c", "d"].map((name) => enter(name));
    await turn();
    await lock.run(() => condition.notify(0));
    await lock.run(() => condition.notify());
    await turn();
    expect(ended).toEqual(["a notified"]);
    await lock.run(() => condition.notify(2));
    await turn();
    expect(ended).toEqual(["a notified", "b notified", "c notified"]);
    expect(condition.stats()).toEqual({ waiting: 1 });
    condition.notify(Infinity);
    await Promise.all(callers);
  });

  test("notifyAll wakes those that wait now, one after the other, and is not kept for later ones", async () => {
    const { lock, condition, ended, enter } = room();
    const callers = ["a", "b"].map((name) => enter(name));
    await turn();
    await lock.run(() => condition.notifyAll());
    const late = enter("late");
    await Promise.all(callers);
    await turn();
    expect(ended).toEqual(["a notified", "b notified"]);
    condition.notify();
    await late;
  });

  test("waitFor waits until the predicate is true, and calls it with the lock held", async () => {
    const lock = new Lock();
    const condition = new Condition(lock);
    let count = 0;
    const waiting = lock.run(() =>
      condition.waitFor(() => {
        expect(lock.locked).toBe(true);
        return count === 2;
      }),
    );
    for (let i = 0; i < 2; i += 1) {
      await lock.run(() => {
        count += 1;
        condition.notify();
      });
    }
    await waiting;
    expect([count, lock.locked]).toEqual([2, false]);
  });
});

describe("cancelling", () => {
  test("cancelled while it waits, it rejects holding the lock", async () => {
    const { lock, condition, ended, enter } = room();
    const leaving = new AbortController();
    const waiting = enter("a", leaving.signal);
    await turn();
    const held = await lock.acquire();
    leaving.abort(GONE);
    await turn();
    expect(ended).toEqual([]); // it needs the lock first
    held.release();
    await waiting;
    expect(ended).toEqual(["a cancelled"]);
    expect([lock.locked, condition.stats().waiting]).toEqual([false, 0]);
    expect(getEventListeners(leaving.signal, "abort")).toHaveLength(0);
  });

  test("cancelled while it waits, it uses up no notification", async () => {
    const { lock, condition, ended, enter } = room();
    const leaving = new AbortController();
    const callers = [enter("a", leaving.signal), enter("b")];
    await turn();
    await lock.run(() => {
      leaving.abort(GONE);
      condition.notify();
    });
    await Promise.all(callers);
    expect(ended).toEqual(["a cancelled", "b notified"]);
  });

  test("cancelled while it retakes the lock, it rejects holding it and passes its notification on", async () => {
    const { lock, condition, ended, enter } = room();
    const leaving = new AbortController();
    const callers = [enter("a", leaving.signal), enter("b"), enter("c")];
    await turn();
    await lock.run(async () => {
      condition.notify();
      await turn();
      leaving.abort(GONE);
    });
    await Promise.all(callers.slice(0, 2));
    expect(ended).toEqual(["a cancelled", "b notified"]);
    expect(condition.stats()).toEqual({ waiting: 1 });
    condition.notify();
    await Promise.all(callers);
  });

  test("a pre-aborted signal rejects first: the lock stays held and the predicate is not called", async () => {
    const lock = new Lock();
    const condition = new Condition(lock);
    const permit: Permit = await lock.acquire();
    const next = lock.acquire();
    const signal = AbortSignal.abort(GONE);
    await expect(condition.wait({ signal })).rejects.toBe(GONE);
    await expect(condition.waitFor(() => true, { signal })).rejects.toBe(GONE);
    expect(lock.stats()).toEqual({ locked: true, waiting: 1 });
    permit.release();
    (await next).release();
  });
});

test("to wait on the condition of a lock that nobody holds is NOT_HELD", async () => {
  const condition = new Condition(new Lock({ name: "accounts" }));
  await expect(condition.wait()).rejects.toMatchObject({
    code: "NOT_HELD",
    message: 'lock "accounts" is not held: acquire it before waiting on its condition',
  });
  expect(condition.stats()).toEqual({ waiting: 0 });
});

test("wrong arguments throw at the call, with the value", () => {
  const condition = new Condition(new Lock());
  expect(() => condition.notify(-1)).toThrow(
    new RangeError("count must be an integer >= 0 or Infinity, got -1"),
  );
  expect(() => condition.waitFor("x" as unknown as () => boolean)).toThrow(
    new TypeError('predicate must be a function, got "x"'),
  );
  expect(() => condition.wait({ signal: 5 as unknown as AbortSignal })).toThrow(
    new TypeError("signal must be an AbortSignal, got 5"),
  );
  expect(() => new Condition("lock" as unknown as Lock)).toThrow(
    new TypeError('lock must be a Lock, got "lock"'),
  );
});
