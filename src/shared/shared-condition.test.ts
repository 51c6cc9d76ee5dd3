import { describe, expect, test } from "vitest";
import { allowBlockingMain, SharedCondition, SharedLock } from "./index.js";

describe("a shared condition", () => {
  test("needs its lock", async () => {
    const changed = new SharedCondition(new SharedLock({ name: "l" }));
    await expect(changed.wait()).rejects.toThrow(/"l" is not held by this thread: acquire it/);
  });

  test("cancelled, it rejects holding the lock", async () => {
    const lock = new SharedLock();
    const changed = new SharedCondition(lock);
    const leaving = new AbortController();
    const reason = new Error("left");
    const guard = await lock.acquire();
    const waiting = changed.wait({ signal: leaving.signal });
    leaving.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(lock.locked).toBe(true);
    guard.release();
    expect(lock.locked).toBe(false);
  });

  test("while it waits, its guard gives away nothing of who holds the lock now, and then it holds again", async () => {
    const lock = new SharedLock();
    const changed = new SharedCondition(lock);
    const guard = await lock.acquire();
    const waiting = changed.wait();
    const other = await lock.acquire();
    guard.release();
    expect([lock.locked, guard.poisoned]).toEqual([true, false]);
    expect(() => guard.clearPoison()).toThrow("this guard holds it no more");
    changed.notify();
    other.release();
    await waiting;
    expect(lock.locked).toBe(true);
    guard.release();
    expect(lock.locked).toBe(false);
  });

  test("it gives up a lock that was entered twice, and takes it back as often", () => {
    using _ = allowBlockingMain();
    const lock = new SharedLock({ reentrant: true });
    const [outer, inner] = [lock.acquireSync(), lock.acquireSync()];
    expect(new SharedCondition(lock).waitSync(0)).toBe(false);
    outer.release();
    expect(lock.locked).toBe(true);
    inner.release();
    expect(lock.locked).toBe(false);
  });

  test("its lock travels with it", () => {
    const changed = new SharedCondition(new SharedLock({ name: "l" }));
    expect(SharedCondition.from(structuredClone(changed.handle())).lock).toBe(changed.lock);
  });
});
