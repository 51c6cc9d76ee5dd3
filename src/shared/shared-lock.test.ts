import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { allowBlockingMain, detectDeadlocks, SharedLock } from "./index.js";

const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe.each([{ fair: false }, { fair: true }])("a shared lock, %o", ({ fair }) => {
  test("passes on in the order in which callers of a thread came", async () => {
    const lock = new SharedLock({ fair });
    const held = await lock.acquire();
    const order: number[] = [];
    const waiting = [1, 2, 3].map(async (n) => {
      using _ = await lock.acquire();
      order.push(n);
    });
    expect(lock.stats()).toEqual({ locked: true, poisoned: false, waiting: 3 });
    held.release();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3]);
    expect(lock.stats()).toEqual({ locked: false, poisoned: false, waiting: 0 });
  });

  test("a newcomer does not overtake one who waits", async () => {
    const lock = new SharedLock({ fair });
    const held = await lock.acquire();
    const second = lock.acquire();
    held.release();
    expect(lock.tryAcquire()).toBe(undefined);
    (await second).release();
  });

  test("a cancelled waiter rejects with the reason, holds nothing, and the next one gets the lock", async () => {
    const lock = new SharedLock({ fair });
    const held = await lock.acquire();
    const leaving = new AbortController();
    const first = lock.acquire({ signal: leaving.signal });
    const second = lock.acquire();
    const reason = new Error("gone");
    leaving.abort(reason);
    await expect(first).rejects.toBe(reason);
    held.release();
    (await second).release();
    expect(lock.locked).toBe(false);
  });

  test("a signal that was aborted before rejects, also if the lock is free", async () => {
    const lock = new SharedLock({ fair });
    const reason = new Error("before");
    await expect(lock.acquire({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(lock.locked).toBe(false);
  });

  test("a second release does nothing, and takes nothing from the next holder", async () => {
    const lock = new SharedLock({ fair });
    const first = await lock.acquire();
    first.release();
    using _ = await lock.acquire();
    first.release();
    expect(lock.locked).toBe(true);
  });
});

test("the main thread is not blocked without being asked, and told what to do", () => {
  expect(() => new SharedLock().acquireSync()).toThrow(
    /await acquire\(\), or call allowBlockingMain/,
  );
  expect(codeOf(() => new SharedLock().acquireSync())).toBe("WOULD_BLOCK");
});

describe("where blocking is allowed", () => {
  let allowed: Disposable;
  beforeEach(() => void (allowed = allowBlockingMain()));
  afterEach(() => allowed[Symbol.dispose]());

  test("a thread that holds the lock is not let wait for itself", async () => {
    const lock = new SharedLock({ name: "mine" });
    using _ = lock.acquireSync();
    expect(() => lock.acquireSync()).toThrow(/shared lock "mine" is held by this very thread/);
    expect(codeOf(() => lock.acquireSync(5))).toBe("DEADLOCK");
  });

  test("a reentrant lock is held until each of its guards was released", () => {
    const lock = new SharedLock({ reentrant: true });
    const outer = lock.acquireSync();
    const inner = lock.acquireSync();
    outer.release();
    outer.release();
    expect(lock.locked).toBe(true);
    inner.release();
    expect(lock.locked).toBe(false);
  });

  test("a task does not enter what another task of its thread holds, reentrant or not", async () => {
    const lock = new SharedLock({ reentrant: true });
    const held = await lock.acquire();
    expect(codeOf(() => lock.acquireSync())).toBe("DEADLOCK");
    expect(lock.tryAcquire()).toBe(undefined);
    held.release();
  });

  test("two orders that contradict each other are found before anybody blocks, with both stacks", () => {
    using _ = detectDeadlocks();
    const [a, b, c] = ["a", "b", "c"].map((name) => new SharedLock({ name })) as [
      SharedLock,
      SharedLock,
      SharedLock,
    ];
    for (const [first, then] of [
      [a, b],
      [b, c],
    ] as const) {
      using one = first.acquireSync();
      using other = then.acquireSync();
    }
    const held = c.acquireSync();
    expect(() => a.acquireSync()).toThrow(
      /would take shared lock "a" while it holds shared lock "c"[^]*takes shared lock "b" at[^]*shared-lock\.test[^]*takes shared lock "c" at/,
    );
    held.release();
    expect(codeOf(() => a.acquireSync().release())).toBe(undefined);
  });

  test("with detection on, a lock that waits for itself tells where it was taken", () => {
    using _ = detectDeadlocks();
    const lock = new SharedLock();
    using held = lock.acquireSync();
    expect(() => lock.acquireSync()).toThrow(/holds itself, taken at\n.*shared-lock\.test/);
  });
});

test("a handle leads back to the same object in its thread", () => {
  const lock = new SharedLock({ name: "one" });
  const copy = structuredClone(lock.handle());
  expect(SharedLock.from(copy)).toBe(lock);
  expect(() => SharedLock.from({ ...copy, kind: "SharedEvent" } as never)).toThrow(
    /handle must be what handle\(\) of a SharedLock gave/,
  );
});

test("a clone by postMessage refuses the object itself, and says what to post", () => {
  expect(() => structuredClone(new SharedLock())).toThrow(/post object\.handle\(\)/);
});
