import { describe, expect, test } from "vitest";
import { CancelScope, host } from "../core/index.js";
import { Queue } from "./queue.js";

const turn = (): Promise<void> => new Promise((resolve) => host.soon(resolve));
const GONE = new Error("gone");
const CLOSED = { code: "CLOSED" };

/** A closed queue that holds what was put. */
async function closedWith(...items: number[]): Promise<Queue<number>> {
  const queue = new Queue<number>({ capacity: Infinity, name: "jobs" });
  for (const item of items) await queue.put(item);
  queue.close();
  return queue;
}

describe("close", () => {
  test("after it put rejects and tryPut throws, with CLOSED", async () => {
    const queue = await closedWith();
    await expect(queue.put(1)).rejects.toMatchObject({
      ...CLOSED,
      message: 'put() on queue "jobs", which is closed',
    });
    expect(() => queue.tryPut(1)).toThrow(expect.objectContaining(CLOSED));
    expect(queue.stats()).toMatchObject({ closed: true, unfinished: 0 });
  });

  test("puts in line reject with CLOSED and leave no item", async () => {
    const queue = new Queue<number>({ capacity: 1 });
    await queue.put(1);
    const waiting = [queue.put(2), queue.put(3)];
    queue.close();
    for (const put of waiting) await expect(put).rejects.toMatchObject(CLOSED);
    expect(await queue.get()).toBe(1);
    expect(queue.stats()).toMatchObject({ buffered: 0, unfinished: 1, waiting: 0 });
  });

  test("gets in line reject with CLOSED", async () => {
    const queue = new Queue<number>({ capacity: 1 });
    const waiting = [queue.get(), queue.getMany(3)];
    queue.close();
    for (const get of waiting) await expect(get).rejects.toMatchObject(CLOSED);
  });

  test("get drains what is left, then rejects with CLOSED; tryGet then gives undefined", async () => {
    const queue = await closedWith(1, 2, 3, 4);
    expect(await queue.get()).toBe(1);
    expect(queue.tryGet()).toEqual({ value: 2 });
    expect(await queue.getMany(10)).toEqual([3, 4]);
    await expect(queue.get()).rejects.toMatchObject(CLOSED);
    await expect(queue.getMany(1)).rejects.toMatchObject(CLOSED);
    expect(queue.tryGet()).toBeUndefined();
  });

  test("discarded items count as done, taken ones don't", async () => {
    const queue = new Queue<number>({ capacity: 3 });
    for (const item of [1, 2, 3]) await queue.put(item);
    await queue.get();
    let joined = false;
    const joining = queue.join().then(() => (joined = true));
    queue.close({ discard: true });
    expect(queue.stats()).toMatchObject({ buffered: 0, unfinished: 1 });
    await turn();
    expect(joined).toBe(false);
    queue.taskDone();
    await joining;
  });

  test("can be called again, and can discard later", async () => {
    const queue = await closedWith(1);
    queue.close();
    expect(queue.size).toBe(1);
    queue.close({ discard: true });
    expect(queue.size).toBe(0);
    await queue.join();
  });
});

describe("for await", () => {
  test("gives the items as they come, and ends when the queue is closed and empty", async () => {
    const queue = new Queue<number>({ capacity: 2 });
    const seen: number[] = [];
    const consumer = (async () => {
      for await (const item of queue) seen.push(item);
    })();
    for (let i = 0; i < 5; i += 1) await queue.put(i);
    queue.close();
    await consumer;
    expect(seen).toEqual([0, 1, 2, 3, 4]);
  });

  test("leaving it early takes nothing along and leaves the queue open", async () => {
    const queue = new Queue<number>({ capacity: 5 });
    for (let i = 0; i < 3; i += 1) await queue.put(i);
    for await (const item of queue) if (item === 1) break;
    expect(queue.stats()).toMatchObject({ buffered: 1, closed: false, waiting: 0 });
    expect(await queue.get()).toBe(2);
  });

  test("several consumers share the items, each item once", async () => {
    const queue = new Queue<number>({ capacity: 2 });
    const seen: number[] = [];
    const consumers = [1, 2, 3].map(async () => {
      for await (const item of queue) seen.push(item);
    });
    for (let i = 0; i < 50; i += 1) await queue.put(i);
    queue.close();
    await Promise.all(consumers);
    expect(seen).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  test("an iterator that was left while it waited for an item takes none", async () => {
    const queue = new Queue<string>({ capacity: 1 });
    const iterator = queue.values();
    const waiting = [iterator.next(), iterator.next()];
    await iterator.return?.();
    expect(queue.stats().waiting).toBe(0);
    await queue.put("a");
    for (const step of waiting) expect(await step).toEqual({ done: true, value: undefined });
    expect(queue.tryGet()).toEqual({ value: "a" });
  });
});

describe("values(scope)", () => {
  test("in a cancelled scope the next step rejects, also while there are items", async () => {
    const queue = new Queue<number>({ capacity: 5 });
    for (let i = 0; i < 3; i += 1) await queue.put(i);
    const scope = new CancelScope();
    const seen: number[] = [];
    const consuming = (async () => {
      for await (const item of queue.values(scope)) {
        seen.push(item);
        scope.cancel(GONE);
      }
    })();
    await expect(consuming).rejects.toBe(GONE);
    expect([seen, queue.size]).toEqual([[0], 2]);
  });

  test("a cancel while it waits rejects with the reason, also if the queue closes right after", async () => {
    const queue = new Queue<number>({ capacity: 1 });
    const scope = new CancelScope();
    const step = queue.values(scope).next();
    scope.cancel(GONE);
    queue.close();
    await expect(step).rejects.toBe(GONE);
  });

  test("a close while it waits ends it, also if the scope is cancelled right after", async () => {
    const queue = new Queue<number>({ capacity: 1 });
    const scope = new CancelScope();
    const step = queue.values(scope).next();
    queue.close();
    scope.cancel(GONE);
    expect(await step).toEqual({ done: true, value: undefined });
  });
});

test("wrong arguments throw at the call, with the value", () => {
  const make = (capacity: unknown) => () => new Queue({ capacity: capacity as number });
  const wanted = "capacity must be an integer >= 1 or Infinity, got";
  expect(make(0)).toThrow(new RangeError(`${wanted} 0`));
  expect(make(1.5)).toThrow(new RangeError(`${wanted} 1.5`));
  expect(make(undefined)).toThrow(new TypeError(`${wanted} undefined`));
  expect(() => new Queue(undefined as unknown as { capacity: number })).toThrow(TypeError);
  const queue = new Queue<number>({ capacity: 1 });
  const wrong = { signal: 5 as unknown as AbortSignal };
  const noSignal = new TypeError("signal must be an AbortSignal, got 5");
  expect(() => queue.getMany(0)).toThrow(
    new RangeError("max must be an integer >= 1 or Infinity, got 0"),
  );
  expect(() => queue.put(1, wrong)).toThrow(noSignal);
  expect(() => queue.get(wrong)).toThrow(noSignal);
  expect(() => queue.getMany(1, wrong)).toThrow(noSignal);
  expect(() => queue.join(wrong)).toThrow(noSignal);
  expect(() => queue.values(wrong)).toThrow(noSignal);
  expect(queue.stats()).toMatchObject({ buffered: 0, waiting: 0 });
});
