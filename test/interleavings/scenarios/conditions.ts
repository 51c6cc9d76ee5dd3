import { SharedCondition, SharedEvent, SharedLock } from "../../../src/shared/index.js";
import type { Scenario, World } from "../world.js";
import { assert } from "./claims.js";

interface Objects {
  lock: SharedLock;
  changed: SharedCondition;
}
type Items = World<Objects>;

/** A heap of items: plain[5] of them. */
const ITEMS = 5;

const take = (world: Items): void => {
  const { lock, changed } = world.objects;
  const guard = lock.acquireSync();
  changed.waitForSync(() => world.plain[ITEMS]! > 0);
  world.plain[ITEMS]! -= 1;
  guard.release();
};
const takeAwaited = async (world: Items): Promise<void> => {
  const { lock, changed } = world.objects;
  const guard = await lock.acquire();
  await changed.waitFor(() => world.plain[ITEMS]! > 0);
  world.plain[ITEMS]! -= 1;
  guard.release();
};
const takeOrLeave = async (world: Items): Promise<void> => {
  const { lock, changed } = world.objects;
  const leaving = new AbortController();
  world.later(() => leaving.abort(new Error("left")));
  const guard = await lock.acquire();
  try {
    await changed.waitFor(() => world.plain[ITEMS]! > 0, { signal: leaving.signal });
    leave(world);
  } catch (error) {
    if ((error as Error).message !== "left") throw error;
  }
  guard.release();
};
/** Had one, and leaves it to another. */
function leave({ objects: { changed }, step }: Items): void {
  step();
  changed.notify();
}
const put = (count: number) => (world: Items) => {
  for (let i = 0; i < count; i += 1) {
    const guard = world.objects.lock.acquireSync();
    world.plain[ITEMS]! += 1;
    world.objects.changed.notify();
    for (let j = 0; j < 6; j += 1) world.step(); // who was notified has to wait for the lock
    guard.release();
  }
};

const items = (...threads: Scenario<Objects>["threads"]) => ({
  make() {
    const lock = new SharedLock();
    return { lock, changed: new SharedCondition(lock) };
  },
  threads,
  check(_: unknown, plain: Int32Array) {
    assert(plain[ITEMS]! >= 0, "an item was taken twice");
  },
});

const PUTS = 6;
const OVER = 7;

/** Leaves, and comes again for something else, by a sleep of its thread that began before. */
const comesLate = async (world: Items): Promise<void> => {
  const { lock, changed } = world.objects;
  const leaving = new AbortController();
  world.later(() => leaving.abort(new Error("left")));
  const first = await lock.acquire();
  await changed.wait({ signal: leaving.signal }).catch(() => undefined);
  if (!leaving.signal.aborted) changed.notify(); // it was for one who wants the item
  first.release();
  await new Promise<void>(world.later);
  const guard = await lock.acquire();
  while (world.plain[OVER] === 0) {
    const puts = world.plain[PUTS];
    await changed.wait();
    if (world.plain[PUTS] !== puts) changed.notify(); // as above; else it was for one who waited before
  }
  guard.release();
};
const putOne = (world: Items): void => {
  const guard = world.objects.lock.acquireSync();
  world.plain[ITEMS]! += 1;
  world.plain[PUTS]! += 1;
  world.objects.changed.notify();
  guard.release();
};
const takeAndEnd = (world: Items): void => {
  take(world);
  const guard = world.objects.lock.acquireSync();
  world.plain[OVER] = 1;
  world.objects.changed.notifyAll();
  guard.release();
};

const event: Scenario<{ event: SharedEvent }> = {
  make: () => ({ event: new SharedEvent() }),
  threads: [
    ({ objects: { event } }) => event.set(),
    ({ objects: { event } }) => event.waitSync(),
    ({ objects: { event } }) => Promise.all([event.wait(), event.wait()]),
  ],
  check() {},
};

export const conditions: Readonly<Record<string, Scenario>> = {
  "condition: two block": items(put(2), take, take),
  "condition: one awaits": items(put(2), take, takeAwaited),
  "condition: two in a thread": items(put(2), (world) =>
    Promise.all([takeAwaited(world), takeAwaited(world)]),
  ),
  "condition: one of two leaves": items(put(1), takeOrLeave, take),
  "condition: a late caller takes no notification": items(comesLate, putOne, takeAndEnd),
  event,
};
