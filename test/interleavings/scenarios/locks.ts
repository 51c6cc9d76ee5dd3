import { SharedLock } from "../../../src/shared/index.js";
import type { Scenario, World } from "../world.js";
import { alone, assert, failureOf } from "./claims.js";

type Locked = World<{ lock: SharedLock }>;

function sync(world: Locked): void {
  const guard = world.objects.lock.acquireSync();
  alone(world);
  guard.release();
}

async function awaited(world: Locked): Promise<void> {
  const guard = await world.objects.lock.acquire();
  alone(world);
  guard.release();
}

/** Waits, and may be cancelled at any time. */
async function aborted(world: Locked): Promise<void> {
  const leaving = new AbortController();
  world.later(() => leaving.abort(new Error("left")));
  const guard = await world.objects.lock.acquire({ signal: leaving.signal }).catch(() => undefined);
  if (guard === undefined) return;
  alone(world);
  guard.release();
}

/** Blocks, and may be told at any time that time is up. */
function timed(world: Locked): void {
  try {
    const guard = world.objects.lock.acquireSync(1000);
    alone(world);
    guard.release();
  } catch (error) {
    if ((error as { code?: string }).code !== "TIMEOUT") throw error;
  }
}

const lock = (fair: boolean, ...threads: Scenario<{ lock: SharedLock }>["threads"]) => ({
  make: () => ({ lock: new SharedLock({ fair }) }),
  threads,
  check(_: unknown, plain: Int32Array) {
    assert(plain[0] === 0, "somebody is in still");
  },
});

const twice = (world: Locked): void => {
  sync(world);
  sync(world);
};
const bothInOne = async (world: Locked): Promise<void> => {
  await Promise.all([awaited(world), awaited(world)]);
};
/** Two wait in one thread, and one of them may leave. */
const oneLeaves = async (world: Locked): Promise<void> => {
  await Promise.all([aborted(world), awaited(world)]);
};
/** Blocks while a caller of the same thread awaits the same lock. */
const blocksToo = async (world: Locked): Promise<void> => {
  const other = awaited(world);
  try {
    sync(world);
  } catch (error) {
    if ((error as { code?: string }).code !== "DEADLOCK") throw error;
  }
  await other;
};

const reentrant: Scenario<{ lock: SharedLock }> = {
  make: () => ({ lock: new SharedLock({ reentrant: true }) }),
  threads: [0, 1].map(() => (world) => {
    const outer = world.objects.lock.acquireSync();
    const inner = world.objects.lock.acquireSync();
    outer.release();
    outer.release();
    alone(world);
    inner.release();
  }),
  check: (_, plain) => assert(plain[1] === 2, "somebody was not in"),
};

const order: Scenario<{ lock: SharedLock }> = {
  make: () => ({ lock: new SharedLock({ fair: true }) }),
  threads: [
    async ({ objects: { lock }, plain }) => {
      const first = await lock.acquire();
      const second = lock.acquire(); // is in line
      first.release();
      const third = await failureOf(Promise.resolve(lock.tryAcquire()));
      plain[2] = third === undefined ? 1 : 0;
      (await second).release();
    },
  ],
  check() {},
};

export const locks: Readonly<Record<string, Scenario<{ lock: SharedLock }>>> = {
  "lock: three block": lock(false, twice, sync, sync),
  "lock: one awaits": lock(false, twice, awaited, sync),
  "lock: two in a thread": lock(false, sync, bothInOne, sync),
  "lock: aborts": lock(false, twice, aborted, sync),
  "lock: one of two leaves": lock(false, sync, oneLeaves, sync),
  "lock: time is up": lock(false, twice, timed, awaited),
  "lock: blocks beside its own": lock(false, sync, blocksToo, sync),
  "lock, fair: three block": lock(true, twice, sync, sync),
  "lock, fair: one awaits": lock(true, twice, awaited, sync),
  "lock, fair: aborts": lock(true, twice, aborted, sync),
  "lock, fair: one of two leaves": lock(true, sync, oneLeaves, sync),
  "lock, fair: time is up": lock(true, twice, timed, awaited),
  "lock, fair: blocks beside its own": lock(true, sync, blocksToo, sync),
  "lock, reentrant": reentrant,
  "lock, fair: in line": order,
};
