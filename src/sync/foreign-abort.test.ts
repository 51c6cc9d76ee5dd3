import { expect, test } from "vitest";
import { AsyncEvent, Barrier, Condition, Lock, RwLock, Semaphore } from "./index.js";

/** A signal whose first listener, older than any of ours, is `run`. */
function heardFirst(run: () => void): AbortController {
  const controller = new AbortController();
  controller.signal.addEventListener("abort", run);
  return controller;
}

test("Semaphore: a permit given back then goes to the next in line, by its own weight", async () => {
  const semaphore = new Semaphore(3);
  const held = await semaphore.acquire({ weight: 3 });
  const controller = heardFirst(() => held.release());
  const leaving = semaphore.acquire({ signal: controller.signal, weight: 2 });
  const next = semaphore.acquire();
  controller.abort("stop");
  await expect(leaving).rejects.toBe("stop");
  expect(semaphore.stats()).toEqual({ permits: 3, available: 2, waiting: 0 });
  (await next).release();
  expect(semaphore.available).toBe(3);
});

test("Semaphore: with nobody else in line the permit is free again, for a newcomer too", async () => {
  const semaphore = new Semaphore(1);
  const held = await semaphore.acquire();
  const controller = heardFirst(() => {
    expect(semaphore.tryAcquire()).toBeUndefined();
    held.release();
    semaphore.tryAcquire()?.release();
    expect(semaphore.stats()).toEqual({ permits: 1, available: 1, waiting: 0 });
  });
  const leaving = semaphore.acquire(controller);
  controller.abort("stop");
  await expect(leaving).rejects.toBe("stop");
  expect(semaphore.available).toBe(1);
});

test("Lock: it goes to the next in line, and is free if there is none", async () => {
  const lock = new Lock();
  const held = await lock.acquire();
  const controller = heardFirst(() => held.release());
  const leaving = lock.acquire(controller);
  const next = lock.acquire();
  controller.abort("stop");
  await expect(leaving).rejects.toBe("stop");
  const permit = await next;
  const again = heardFirst(() => permit.release());
  const alone = lock.acquire(again);
  again.abort("stop");
  await expect(alone).rejects.toBe("stop");
  expect(lock.stats()).toEqual({ locked: false, waiting: 0 });
});

test("RwLock: a writer that leaves lets the readers behind it in", async () => {
  const table = new RwLock();
  const reading = await table.read();
  const controller = heardFirst(() => reading.release());
  const writing = table.write(controller);
  const next = table.read();
  controller.abort("stop");
  await expect(writing).rejects.toBe("stop");
  (await next).release();
  expect(table.stats()).toEqual({ readers: 0, writing: false, waiting: 0 });
});

test("Condition: a notification goes to the next that waits, and the leaver holds the lock", async () => {
  const lock = new Lock();
  const changed = new Condition(lock);
  const controller = heardFirst(() => changed.notify());
  const leaving = lock.run(() => changed.wait(controller));
  const next = lock.run(() => changed.wait());
  await lock.run(() => controller.abort("stop"));
  await expect(leaving).rejects.toBe("stop");
  await next;
  expect([changed.stats().waiting, lock.locked]).toEqual([0, false]);
});

test("AsyncEvent: set() wakes those only that were not cancelled", async () => {
  const event = new AsyncEvent();
  const controller = heardFirst(() => event.set());
  const leaving = event.wait(controller);
  const next = event.wait();
  controller.abort("stop");
  await expect(leaving).rejects.toBe("stop");
  await next;
});

test("Barrier: who was cancelled counts as never come, wherever in line", async () => {
  const barrier = new Barrier(3);
  let last: Promise<number> | undefined;
  const controller = heardFirst(() => {
    last = barrier.wait();
  });
  const first = barrier.wait();
  const leaving = barrier.wait(controller);
  controller.abort("stop");
  await expect(leaving).rejects.toBe("stop");
  expect(barrier.waiting).toBe(2);
  expect(await barrier.wait()).toBe(2);
  expect([await first, await last]).toEqual([0, 1]);
});
