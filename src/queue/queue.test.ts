import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { Queue } from "./queue.js";

const GONE = new Error("gone");

describe("handing over", () => {
  test("items come out in the order in which they went in", async () => {
    const queue = new Queue<number>({ capacity: Infinity });
    for (let i = 0; i < 1_000; i += 1) await queue.put(i); // the ring grows and wraps on the way
    for (let i = 0; i < 500; i += 1) expect(await queue.get()).toBe(i);
    for (let i = 1_000; i < 3_000; i += 1) queue.tryPut(i);
    for (let i = 500; i < 3_000; i += 1) expect(queue.tryGet()).toEqual({ value: i });
  });

  test("an item goes to whoever has waited longest for one: nobody can barge in between", async () => {
    const queue = new Queue<string>({ capacity: 2 });
    const getters = [queue.get(), queue.get()];
    await queue.put("a");
    expect(queue.tryGet()).toBeUndefined();
    await queue.put("b");
    expect(await Promise.all(getters)).toEqual(["a", "b"]);
  });

  test("room goes to whoever has waited longest for it: nobody can barge in between", async () => {
    const queue = new Queue<string>({ capacity: 1 });
    await queue.put("a");
    const putters = [queue.put("b"), queue.put("c")];
    expect(queue.tryGet()).toEqual({ value: "a" });
    expect(queue.tryPut("late")).toBe(false);
    expect(queue.stats()).toMatchObject({ buffered: 1, waiting: 1 });
    expect([await queue.get(), await queue.get()]).toEqual(["b", "c"]);
    await Promise.all(putters);
  });

  test("undefined is an item like any other", async () => {
    const queue = new Queue<undefined>({ capacity: 1 });
    await queue.put(undefined);
    const waiting = queue.put(undefined);
    expect(queue.tryGet()).toEqual({ value: undefined });
    await waiting;
    expect(queue.tryGet()).toEqual({ value: undefined });
    expect(queue.tryGet()).toBeUndefined();
  });
});

describe("cancelling", () => {
  test("a put that is cancelled in line leaves no item behind", async () => {
    const queue = new Queue<string>({ capacity: 1 });
    await queue.put("a");
    const leaving = new AbortController();
    const first = queue.put("b", { signal: leaving.signal });
    const second = queue.put("c");
    leaving.abort(GONE);
    await expect(first).rejects.toBe(GONE);
    expect([await queue.get(), await queue.get()]).toEqual(["a", "c"]);
    await second;
    expect(queue.stats()).toMatchObject({ buffered: 0, waiting: 0, unfinished: 2 });
  });

  test("a get that is cancelled in line takes no item", async () => {
    const queue = new Queue<string>({ capacity: 1 });
    const leaving = new AbortController();
    const first = queue.get({ signal: leaving.signal });
    const second = queue.get();
    leaving.abort(GONE);
    await queue.put("a");
    await expect(first).rejects.toBe(GONE);
    expect(await second).toBe("a");
  });

  test("a cancel after the item was handed over does nothing, to getter and putter", async () => {
    const queue = new Queue<string>({ capacity: 1 });
    const late = new AbortController();
    const getting = queue.get({ signal: late.signal });
    await queue.put("a");
    await queue.put("b");
    const putting = queue.put("c", { signal: late.signal });
    queue.tryGet();
    late.abort(GONE);
    expect(await getting).toBe("a");
    await putting;
    expect(queue.tryGet()).toEqual({ value: "c" });
    expect(getEventListeners(late.signal, "abort")).toHaveLength(0);
  });

  test("a pre-aborted signal rejects first: before room, items and CLOSED", async () => {
    const queue = new Queue<string>({ capacity: 2 });
    const signal = AbortSignal.abort(GONE);
    await queue.put("a");
    const all = () => [
      queue.put("b", { signal }),
      queue.get({ signal }),
      queue.getMany(2, { signal }),
      queue.join({ signal }),
      queue.values({ signal }).next(),
    ];
    for (const wait of all()) await expect(wait).rejects.toBe(GONE);
    expect(queue.stats()).toMatchObject({ buffered: 1, unfinished: 1, waiting: 0 });
    queue.close({ discard: true });
    for (const wait of all()) await expect(wait).rejects.toBe(GONE);
  });
});

describe("getMany", () => {
  test("takes what is there, and no more than max", async () => {
    const queue = new Queue<number>({ capacity: 5 });
    for (let i = 0; i < 5; i += 1) await queue.put(i);
    expect(await queue.getMany(2)).toEqual([0, 1]);
    expect(await queue.getMany(Infinity)).toEqual([2, 3, 4]);
  });

  test("takes a batch in one step: two callers get two stretches", async () => {
    const queue = new Queue<number>({ capacity: 5 });
    for (let i = 0; i < 5; i += 1) await queue.put(i);
    const batches = [queue.getMany(3), queue.getMany(3)];
    expect(await Promise.all(batches)).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });

  test("lets the puts in line move up while it takes", async () => {
    const queue = new Queue<number>({ capacity: 1 });
    const putters = [0, 1, 2, 3].map((n) => queue.put(n));
    expect(await queue.getMany(3)).toEqual([0, 1, 2]);
    await Promise.all(putters);
    expect(queue.size).toBe(1);
  });

  test("waits for the first item, and a cancel meanwhile takes nothing", async () => {
    const queue = new Queue<number>({ capacity: 3 });
    const leaving = new AbortController();
    const first = queue.getMany(2, { signal: leaving.signal });
    const second = queue.getMany(2);
    leaving.abort(GONE);
    for (let i = 0; i < 3; i += 1) queue.tryPut(i);
    await expect(first).rejects.toBe(GONE);
    expect(await second).toEqual([0, 1]);
    expect(queue.size).toBe(1);
  });
});

describe("join", () => {
  test("waits until each item that was put has been dealt with", async () => {
    const queue = new Queue<number>({ capacity: 2 });
    await queue.join();
    await queue.put(1);
    await queue.put(2);
    let joined = false;
    const joining = queue.join().then(() => (joined = true));
    await queue.getMany(2);
    queue.taskDone();
    await Promise.resolve();
    expect([joined, queue.stats().unfinished]).toEqual([false, 1]);
    queue.taskDone();
    await joining;
  });

  test("counts an item that was handed over directly, and not one whose put was cancelled", async () => {
    const queue = new Queue<number>({ capacity: 1 });
    const getting = queue.get();
    await queue.put(1);
    await getting;
    await queue.put(2);
    const leaving = new AbortController();
    const cancelled = queue.put(3, { signal: leaving.signal });
    leaving.abort(GONE);
    await expect(cancelled).rejects.toBe(GONE);
    expect(queue.stats().unfinished).toBe(2);
  });

  test("a cancelled join stops waiting, the others wait on", async () => {
    const queue = new Queue<number>({ capacity: 1 });
    await queue.put(1);
    const leaving = new AbortController();
    const first = queue.join({ signal: leaving.signal });
    const second = queue.join();
    leaving.abort(GONE);
    await expect(first).rejects.toBe(GONE);
    queue.tryGet();
    queue.taskDone();
    await second;
  });

  test("taskDone once too often is a RangeError with the way out; items still held don't count", () => {
    const queue = new Queue<number>({ capacity: 2, name: "jobs" });
    const tooOften = new RangeError('taskDone() on queue "jobs" once more than items were taken');
    expect(() => queue.taskDone()).toThrow(tooOften);
    queue.tryPut(1);
    queue.tryPut(2);
    expect(() => queue.taskDone()).toThrow(tooOften);
    queue.tryGet();
    queue.taskDone();
    expect(() => queue.taskDone()).toThrow(tooOften);
    expect(queue.stats().unfinished).toBe(1);
  });
});
