import { check, failure, same } from "./assert.js";

export const sync = {
  async Lock({ Lock }) {
    const lock = new Lock();
    const permit = await lock.acquire();
    check(lock.locked && lock.tryAcquire() === undefined, "there is one permit");
    const next = lock.acquire();
    permit.release();
    permit.release();
    (await next).release();
    same(await lock.run(() => lock.locked), true);
    check(!lock.locked, "all is given back");
  },

  async RwLock({ RwLock }) {
    const lock = new RwLock();
    const readers = [await lock.read(), await lock.read()];
    let wrote = false;
    const writing = lock.write().then((permit) => {
      wrote = true;
      return permit;
    });
    await Promise.resolve();
    check(!wrote, "a writer waits for the readers");
    for (const reader of readers) reader.release();
    (await writing).release();
    (await lock.read()).release();
  },

  async Semaphore({ Semaphore }) {
    const semaphore = new Semaphore(3);
    const heavy = await semaphore.acquire({ weight: 2 });
    const light = semaphore.tryAcquire();
    check(semaphore.tryAcquire() === undefined, "three are taken");
    const gone = new Error("gone");
    check(
      (await failure(() => semaphore.acquire({ signal: AbortSignal.abort(gone) }))) === gone,
      "it rejects with the reason",
    );
    heavy.release();
    light.release();
    same(semaphore.available, 3);
    check((await failure(() => new Semaphore(-1))) instanceof RangeError, "-1 is refused");
  },

  async Condition({ Condition, Lock }) {
    const lock = new Lock();
    const condition = new Condition(lock);
    let ready = false;
    const waiting = lock.run(() => condition.waitFor(() => ready));
    await lock.run(() => {
      ready = true;
      condition.notifyAll();
    });
    await waiting;
    check(!lock.locked, "the lock is free again");
  },

  async AsyncEvent({ AsyncEvent }) {
    const event = new AsyncEvent();
    const waits = [event.wait(), event.wait()];
    event.set();
    await Promise.all(waits);
    check(event.isSet, "it stays set");
    event.clear();
    check(!event.isSet, "until it is cleared");
  },

  async Barrier({ Barrier }) {
    const barrier = new Barrier(2);
    same(await Promise.all([barrier.wait(), barrier.wait()]), [0, 1]);
    const waiting = failure(() => barrier.wait());
    barrier.abort();
    same([(await waiting).code, barrier.broken], ["BROKEN", true]);
  },
};
