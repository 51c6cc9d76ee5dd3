import assert from "node:assert/strict";
import { LifoQueue, PriorityQueue, Queue } from "../../../src/index.js";
import { linearizable, step, WAITS } from "../../../src/testing/explore/index.js";
import { type Explorations, large, small, tasks } from "./explorations.js";

type Take = (items: number[]) => number | undefined;

interface Kind {
  readonly make: (capacity: number) => Queue<number>;
  /** What comes out next. */
  readonly take: Take;
}

const smallest: Take = (items) => items.splice(items.indexOf(Math.min(...items)), 1)[0];

const KINDS = {
  queue: {
    make: (capacity) => new Queue({ capacity, name: "it" }),
    take: (items) => items.shift(),
  },
  lifoQueue: {
    make: (capacity) => new LifoQueue({ capacity, name: "it" }),
    take: (items) => items.pop(),
  },
  priorityQueue: {
    make: (capacity) =>
      new PriorityQueue<number>({ capacity, compare: (a, b) => a - b, name: "it" }),
    take: smallest,
  },
} satisfies Record<string, Kind>;

/** Producers put what they are given, consumers get so many; the history must be that of the sequential queue. */
function traffic({ make, take }: Kind, puts: number[][], gets: number[], leaving = "") {
  return async () => {
    const queue = make(1);
    const history = linearizable({
      start: () => ({ items: [] as number[] }),
      operations: {
        put: ({ items }, item: number) => void items.push(item),
        get: ({ items }) => (items.length === 0 ? WAITS : take(items)),
      },
    });
    const got: number[] = [];
    const sent: number[] = [];
    const produce = (items: number[]) => async (scope: { signal: AbortSignal }) => {
      for (const item of items) {
        await history.call("put", [item], () => queue.put(item, scope));
        sent.push(item);
        assert.ok(queue.size <= queue.capacity, "over its capacity");
      }
    };
    const consume = (count: number) => async (scope: { signal: AbortSignal }) => {
      for (let i = 0; i < count; i += 1) {
        got.push(await history.call("get", [], () => queue.get(scope)));
        queue.taskDone();
      }
    };
    await tasks([...puts.map(produce), ...gets.map(consume)], leaving).finally(() => queue.close());
    const left: number[] = [];
    for (let item = queue.tryGet(); item !== undefined; item = queue.tryGet())
      left.push(item.value);
    const byValue = (a: number, b: number) => a - b;
    assert.deepEqual([...got, ...left].toSorted(byValue), sent.toSorted(byValue), "lost, or twice");
    for (const _ of left) queue.taskDone();
    await queue.join();
    assert.equal(queue.stats().waiting, 0);
  };
}

function laws(kind: Kind): Explorations {
  return {
    "linearizable, with one on each side": small(traffic(kind, [[1, 2, 3]], [3])),
    "linearizable, with two producers": small(traffic(kind, [[2], [1, 3]], [3])),
    "linearizable, with two consumers": small(traffic(kind, [[1, 2]], [1, 1])),
    "a put that is cancelled is not in the queue": small(
      traffic(kind, [[1, 2, 3], [9]], [3], "B"),
      1,
    ),
    "order of what is held": small(async () => {
      const queue = kind.make(10);
      const items = [4, 1, 3, 2, 1, 5, 0, 6];
      for (const item of items) await queue.put(item);
      const wanted = [...items];
      while (wanted.length > 0) assert.equal(await queue.get(), kind.take(wanted));
    }),
    "close sends everybody away, and keeps what it holds": small(async () => {
      const queue = kind.make(1);
      const ended: string[] = [];
      await queue.put(1);
      await tasks([
        () => queue.put(2).catch((error: { code: string }) => ended.push(error.code)),
        async () => {
          for await (const item of queue) ended.push(`${item}`);
        },
        () => step("close").then(() => queue.close()),
      ]);
      assert.ok(ended.includes("1"));
      assert.equal(ended.includes("2"), !ended.includes("CLOSED"));
      await assert.rejects(queue.get(), { code: "CLOSED" });
    }),
    "join waits until all is dealt with": small(async () => {
      const queue = kind.make(2);
      let dealt = 0;
      await tasks([
        async () => {
          await queue.put(1);
          await queue.put(2);
          await queue.join();
          assert.equal(dealt, 2);
        },
        async () => {
          for (let i = 0; i < 2; i += 1) {
            await queue.get();
            await step("deal");
            dealt += 1;
            queue.taskDone();
          }
        },
      ]);
    }),
    "all of that with more": large(traffic(kind, [[1, 2], [3, 4], [5]], [2, 2, 1])),
  };
}

export const queue: Explorations = laws(KINDS.queue);
export const lifoQueue: Explorations = laws(KINDS.lifoQueue);
export const priorityQueue: Explorations = laws(KINDS.priorityQueue);
