import { describe, expect, test } from "vitest";
import {
  allowBlockingMain,
  SharedBarrier,
  SharedCounter,
  SharedEvent,
  SharedRwLock,
  SharedSemaphore,
  SharedStruct,
} from "./index.js";
import { STATE } from "./registry.js";
import { ROSTER_WORDS } from "./roster.js";

const left = (): { signal: AbortSignal; leave: () => void; reason: Error } => {
  const controller = new AbortController();
  const reason = new Error("left");
  return { signal: controller.signal, reason, leave: () => controller.abort(reason) };
};

/** Puts so many threads down as readers or holders that there is no place for another; undone by what it returns. */
const crowd = (object: SharedRwLock | SharedSemaphore): (() => void) => {
  const places = new Int32Array(object.handle().memory, (STATE + 32) * 4, ROSTER_WORDS);
  for (let at = 0; at < ROSTER_WORDS; at += 16) places[at] = 1000 + at;
  return () => void places.fill(0);
};

describe("a shared rw-lock", () => {
  test("a reader for whom there is no place gets an error, and leaves the lock to others", async () => {
    const table = new SharedRwLock();
    const writing = await table.write();
    const reading = table.read();
    const disperse = crowd(table);
    writing.release();
    await expect(reading).rejects.toMatchObject({ code: "BROKEN" });
    disperse();
    expect(table.stats()).toEqual({ readers: 0, writing: false, waiting: 0 });
    (await table.write()).release();
  });

  test("readers share it, a writer has it alone, and a later reader doesn't overtake the writer", async () => {
    const table = new SharedRwLock();
    const first = await table.read();
    const second = await table.read();
    const writing = table.write();
    expect(table.tryRead()).toBe(undefined);
    first.release();
    second.release();
    const writer = await writing;
    expect(table.stats()).toMatchObject({ readers: 0, writing: true });
    writer.release();
    table.tryWrite()!.release();
  });

  test("a writer that is cancelled while readers are in lets readers in again", async () => {
    const table = new SharedRwLock();
    const reader = await table.read();
    const { signal, leave, reason } = left();
    const writing = table.write({ signal });
    leave();
    await expect(writing).rejects.toBe(reason);
    table.tryRead()!.release();
    reader.release();
    expect(table.stats()).toEqual({ readers: 0, writing: false, waiting: 0 });
  });

  test("a thread that reads may read again, and not block for writing", () => {
    using _ = allowBlockingMain();
    const table = new SharedRwLock();
    using outer = table.readSync();
    using inner = table.readSync();
    expect(() => table.writeSync()).toThrow(/would now wait for itself/);
  });
});

describe("a shared semaphore", () => {
  test("a heavy caller is not overtaken by lighter ones, and permits are conserved", async () => {
    const places = new SharedSemaphore(3);
    const held = await places.acquire({ weight: 2 });
    const heavy = places.acquire({ weight: 3 });
    expect(places.tryAcquire()).toBe(undefined);
    const light = places.acquire();
    held.release();
    held.release();
    (await heavy).release();
    (await light).release();
    expect(places.stats()).toEqual({ permits: 3, available: 3, waiting: 0 });
  });

  test("a cancelled waiter takes no permit, and the next one is served", async () => {
    const places = new SharedSemaphore(1);
    const held = await places.acquire();
    const { signal, leave, reason } = left();
    const first = places.acquire({ signal });
    const second = places.acquire();
    leave();
    await expect(first).rejects.toBe(reason);
    held.release();
    (await second).release();
    expect(places.available).toBe(1);
  });

  test("a holder for whom there is no place gets an error, and leaves the permits to others", async () => {
    using _ = allowBlockingMain();
    const places = new SharedSemaphore(1);
    const disperse = crowd(places);
    await expect(places.acquire()).rejects.toThrow("more than 64 threads are holders at a time");
    expect(() => places.acquireSync()).toThrow("more than 64 threads are holders at a time");
    expect(() => places.tryAcquire()).toThrow("more than 64 threads are holders at a time");
    disperse();
    expect(places.tryAcquire()).toBeDefined();
  });

  test("a weight that could never be had is refused at the call", () => {
    expect(() => new SharedSemaphore(2).tryAcquire(3)).toThrow("weight must be at most 2, got 3");
  });
});

describe("a shared event", () => {
  test("all who wait go on, also if it is cleared right after", async () => {
    const event = new SharedEvent();
    const waiting = [event.wait(), event.wait()];
    event.set();
    event.clear();
    await Promise.all(waiting);
    expect(event.stats()).toEqual({ set: false, waiting: 0 });
  });
});

describe("a shared barrier", () => {
  test("one who leaves doesn't break it; a reset rejects those who wait with BROKEN", async () => {
    const barrier = new SharedBarrier(2);
    const { signal, leave, reason } = left();
    const leaving = barrier.wait({ signal });
    leave();
    await expect(leaving).rejects.toBe(reason);
    const broken = barrier.wait();
    barrier.reset();
    await expect(broken).rejects.toMatchObject({ code: "BROKEN" });
    expect(await Promise.all([barrier.wait(), barrier.wait()])).toEqual([0, 1]);
  });

  test("after an abort nobody waits, until a reset", async () => {
    const barrier = new SharedBarrier(2);
    const waiting = barrier.wait();
    barrier.abort();
    await expect(waiting).rejects.toMatchObject({ code: "BROKEN" });
    await expect(barrier.wait()).rejects.toMatchObject({ code: "BROKEN" });
    barrier.reset();
    expect(await Promise.all([barrier.wait(), barrier.wait()])).toEqual([0, 1]);
  });
});

describe("a shared counter", () => {
  test("counts, wraps around, and refuses what it can't count", () => {
    const counter = new SharedCounter();
    expect(counter.add(5)).toBe(5);
    expect(counter.replace(4, 1)).toBe(false);
    expect(counter.replace(5, 2 ** 31 - 1)).toBe(true);
    expect(counter.add(1)).toBe(-(2 ** 31));
    expect(() => counter.add(0.5)).toThrow("value must be an integer");
    expect(() => counter.add(2 ** 31)).toThrow("value must be at most 2147483647");
  });

  test("by bigint too", () => {
    const counter = new SharedCounter({ type: "bigint64" });
    counter.value = 2n ** 63n - 1n;
    expect(counter.add(1n)).toBe(-(2n ** 63n));
    expect(() => counter.add(1 as never)).toThrow("value must be a bigint");
  });
});

describe("a shared struct", () => {
  test("keeps each type, and refuses what a field can't hold", async () => {
    const types = { i: "int32", u: "uint32", f: "float64", b: "bigint64", t: "boolean" } as const;
    const struct = new SharedStruct(types);
    const values = { i: -1, u: 2 ** 32 - 1, f: Math.PI, b: -(2n ** 62n), t: true };
    await struct.update(values);
    expect(struct.read()).toEqual(values);
    expect(SharedStruct.from(structuredClone(struct.handle()))).toBe(struct);
    await expect(struct.update({ u: -1 })).rejects.toThrow("u must be an uint32, got -1");
    await expect(struct.update({ x: 1 } as never)).rejects.toThrow("no field x, but i, u, f, b, t");
    expect(struct.read()).toEqual(values);
    await struct.update(({ i }) => ({ i: i + 1 }));
    expect(struct.read().i).toBe(0);
  });
});
