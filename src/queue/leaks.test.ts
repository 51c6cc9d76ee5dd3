import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { CancelScope, host, scopeOf, type Wait } from "../core/index.js";
import { Queue } from "./queue.js";

const WAITS = 100_000;
const AT_ONCE = 1_000;

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

function heapUsed(): number {
  gc();
  return process.memoryUsage().heapUsed;
}

const full = new Queue<number>({ capacity: 1 });
full.tryPut(0);
const jobs = new Queue<number>({ capacity: Infinity });
const empty = new Queue<number>({ capacity: 1 });
const steady = empty.values(); // one iterator for all that wait with it

/** A wait, and what lets one such wait through. */
const WAYS: [string, (options: Wait, n: number) => Promise<unknown>, () => unknown][] = [
  ["put", (options, n) => full.put(n, options), () => full.tryGet()],
  ["get", (options) => empty.get(options), () => empty.tryPut(1)],
  ["getMany", (options) => empty.getMany(2, options), () => empty.tryPut(1)],
  ["values", (options) => empty.values(options).next(), () => empty.tryPut(1)],
  [
    "for await",
    (options) => (options instanceof CancelScope ? empty.get(options) : steady.next()),
    () => empty.tryPut(1),
  ],
  ["join", (options) => jobs.join(options), () => (jobs.tryGet(), jobs.taskDone())],
];

test.each(WAYS)(
  "%s: 100,000 waits on one long-lived signal leave no listener and no memory",
  async (way, wait, grantOne) => {
    const { signal } = new AbortController();
    const round = async (): Promise<void> => {
      const short = new CancelScope(scopeOf({ signal }));
      jobs.tryPut(0);
      const waits = Array.from({ length: AT_ONCE }, (_, i) => wait(i % 2 ? { signal } : short, i));
      const settled = Promise.allSettled(waits);
      short.cancel();
      short.end();
      const grants = way === "join" ? jobs.stats().unfinished : AT_ONCE / 2;
      for (let i = 0; i < grants; i += 1) grantOne();
      const refused = (await settled).filter(({ status }) => status === "rejected");
      expect(refused).toHaveLength(AT_ONCE / 2);
    };
    for (let i = 0; i < 5; i += 1) await round();
    const before = heapUsed();
    for (let i = 0; i < WAITS / AT_ONCE; i += 1) await round();
    expect(heapUsed() - before).toBeLessThan(2_000_000); // 20 bytes for each
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect([full, empty].map((queue) => queue.stats().waiting)).toEqual([0, 0]);
  },
);

test("an item that was taken is not kept alive by the queue", async () => {
  const queue = new Queue<object>({ capacity: Infinity });
  const taken: WeakRef<object>[] = [];
  for (let i = 0; i < 100; i += 1) queue.tryPut({ i });
  for (let i = 0; i < 100; i += 1) taken.push(new WeakRef(queue.tryGet()!.value));
  await new Promise<void>((resolve) => host.soon(resolve)); // a WeakRef holds on until its turn is over
  gc();
  expect(taken.filter((ref) => ref.deref() !== undefined)).toEqual([]);
  expect(queue.size).toBe(0);
});
