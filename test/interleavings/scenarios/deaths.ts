import {
  SharedBarrier,
  SharedChannel,
  SharedLock,
  SharedRwLock,
  SharedSemaphore,
} from "../../../src/shared/index.js";
import type { Scenario } from "../world.js";
import { assert, failureOf } from "./claims.js";

/** The second thread may die at any access to memory; the first cleans up after it, and nobody waits for ever. */

const lock = (fair: boolean): Scenario<{ lock: SharedLock }> => ({
  make: () => ({ lock: new SharedLock({ fair }) }),
  mayDie: [1],
  threads: [
    async ({ objects: { lock } }) => {
      const guard = await lock.acquire();
      guard.release();
    },
    ({ objects: { lock }, plain, step }) => {
      const guard = lock.acquireSync();
      plain[8] = 1;
      step();
      plain[8] = 0;
      guard.release();
    },
    ({ objects: { lock }, plain }) => {
      const guard = lock.acquireSync();
      if (plain[8] === 1) assert(guard.poisoned, "a half change, and no poison");
      guard.release();
    },
  ],
  check() {},
});

const awaiting = (fair: boolean): Scenario<{ lock: SharedLock }> => ({
  make: () => ({ lock: new SharedLock({ fair }) }),
  mayDie: [1],
  threads: [
    async ({ objects: { lock }, later }) => {
      (await lock.acquire()).release();
      await new Promise<void>(later);
      (await lock.acquire()).release(); // as a newcomer, maybe after the death
    },
    async ({ objects: { lock } }) => (await lock.acquire()).release(),
    ({ objects: { lock } }) => lock.acquireSync().release(),
  ],
  check() {},
});

/** The lock is handed over to the second, who may die instead of taking it; then the first comes. */
const handedOver: Scenario<{ lock: SharedLock }> = {
  make: () => ({ lock: new SharedLock({ fair: true }) }),
  mayDie: [1],
  threads: [
    async ({ objects: { lock }, later }) => {
      const held = await lock.acquire();
      await new Promise<void>(later);
      held.release();
      await new Promise<void>(later);
      (await lock.acquire()).release();
    },
    ({ objects: { lock } }) => lock.acquireSync().release(),
  ],
  check() {},
};

const table: Scenario<{ table: SharedRwLock }> = {
  make: () => ({ table: new SharedRwLock() }),
  mayDie: [1],
  threads: [
    async ({ objects: { table } }) => (await table.write()).release(),
    ({ objects: { table } }) => {
      table.readSync().release();
      table.writeSync().release();
    },
    ({ objects: { table } }) => table.readSync().release(),
  ],
  check() {},
};

const places: Scenario<{ places: SharedSemaphore }> = {
  make: () => ({ places: new SharedSemaphore(2) }),
  mayDie: [1],
  threads: [
    async ({ objects: { places } }) => {
      (await places.acquire({ weight: 2 })).release();
      return undefined;
    },
    ({ objects: { places } }) => places.acquireSync(Infinity, 2).release(),
    ({ objects: { places } }) => {
      places.acquireSync().release();
    },
  ],
  check() {},
};

const barrier: Scenario<{ barrier: SharedBarrier }> = {
  make: () => ({ barrier: new SharedBarrier(2) }),
  mayDie: [1],
  threads: [
    // The first round may never come: who has not waited here yet is no party. So this leaves it at some time.
    async ({ objects: { barrier }, later }) => {
      const leaving = new AbortController();
      later(() => leaving.abort(new Error("left")));
      const first = await failureOf(barrier.wait({ signal: leaving.signal }));
      if (first !== "left") return first ?? (await failureOf(barrier.wait()));
      barrier.abort(); // or the other would wait
      return first;
    },
    async ({ objects: { barrier } }) => {
      const first = await failureOf(barrier.wait());
      if (first === undefined) await failureOf(barrier.wait());
    },
  ],
  check: ([failure]) =>
    assert(["left", "BROKEN", undefined].includes(failure as string), String(failure)),
};

const channel: Scenario<{ channel: SharedChannel<string> }> = {
  make: () => ({ channel: new SharedChannel<string>({ capacityBytes: 64, codec: "utf8" }) }),
  mayDie: [1],
  threads: [
    ({ objects: { channel } }) => channel.receive(),
    ({ objects: { channel } }) => channel.sendSync("a"),
    async ({ objects: { channel }, later }) => {
      await new Promise<void>(later);
      // Not if a value waits there already, whether its sender lives or not.
      if (channel.stats().bufferedBytes === 0) channel.sendSync("b");
    },
  ],
  check: ([came]) => assert(came === "a" || came === "b", `came: ${String(came)}`),
};

export const deaths: Readonly<Record<string, Scenario>> = {
  "death: of a lock's holder": lock(false),
  "death: of a fair lock's holder": lock(true),
  "death: of one who awaits": awaiting(false),
  "death: of one who awaits a fair lock": awaiting(true),
  "death: before a fair lock is taken": handedOver,
  "death: of a reader or writer": table,
  "death: of a permit's holder": places,
  "death: of a party": barrier,
  "death: in a channel": channel,
};
