import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { CancelScope, host, type Wait, scopeOf } from "../core/index.js";
import { AsyncEvent } from "./async-event.js";
import { Barrier } from "./barrier.js";
import { Condition } from "./condition.js";
import { Lock } from "./lock.js";
import { RwLock } from "./rw-lock.js";
import { Semaphore } from "./semaphore.js";

const WAITS = 100_000;
const AT_ONCE = 1_000;

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

function heapUsed(): number {
  gc();
  return process.memoryUsage().heapUsed;
}

/** Each opens what callers then wait for: `wait` waits, `grant` lets all that wait through. */
const PRIMITIVES: [string, () => { wait: (options: Wait) => Promise<unknown>; grant(): void }][] = [
  [
    "Lock",
    () => {
      const lock = new Lock();
      const held = lock.tryAcquire();
      return { wait: (o) => lock.run(() => {}, o), grant: () => held?.release() };
    },
  ],
  [
    "Semaphore",
    () => {
      const semaphore = new Semaphore(2);
      const held = semaphore.tryAcquire(2);
      return { wait: (o) => semaphore.run(() => {}, o), grant: () => held?.release() };
    },
  ],
  [
    "RwLock",
    () => {
      const table = new RwLock();
      const held = table.tryWrite();
      const wait = async (o: Wait): Promise<void> => (await table.write(o)).release();
      return { wait, grant: () => held?.release() };
    },
  ],
  [
    "Condition",
    () => {
      const lock = new Lock();
      const condition = new Condition(lock);
      const wait = (o: Wait): Promise<void> => lock.run(() => condition.wait(o));
      return { wait, grant: () => condition.notifyAll() };
    },
  ],
  [
    "AsyncEvent",
    () => {
      const event = new AsyncEvent();
      return { wait: (o) => event.wait(o), grant: () => event.set() };
    },
  ],
  [
    "Barrier",
    () => {
      const barrier = new Barrier(AT_ONCE + 1);
      return {
        wait: (o) => barrier.wait(o),
        grant: () => {
          while (barrier.waiting > 0) void barrier.wait();
        },
      };
    },
  ],
];

test.each(PRIMITIVES)(
  "%s: 100,000 waits on one long-lived signal leave no listener and no memory",
  async (_, open) => {
    const { signal } = new AbortController();
    const round = async (): Promise<void> => {
      const primitive = open();
      const short = new CancelScope(scopeOf({ signal }));
      const waits = Array.from({ length: AT_ONCE }, (_, i) =>
        primitive.wait(i % 2 ? { signal } : short),
      );
      const settled = Promise.allSettled(waits);
      await new Promise<void>((resolve) => host.soon(resolve)); // all are on the condition by then
      short.cancel();
      short.end();
      primitive.grant();
      const refused = (await settled).filter(({ status }) => status === "rejected");
      expect(refused).toHaveLength(AT_ONCE / 2);
    };
    for (let i = 0; i < 5; i += 1) await round();
    const before = heapUsed();
    for (let i = 0; i < WAITS / AT_ONCE; i += 1) await round();
    expect(heapUsed() - before).toBeLessThan(2_000_000); // 20 bytes for each
    expect(getEventListeners(signal, "abort")).toEqual([]);
  },
);
