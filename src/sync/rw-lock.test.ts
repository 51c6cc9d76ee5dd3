import { expect, test } from "vitest";
import { RwLock } from "./rw-lock.js";

const GONE = new Error("gone");

test("readers share, a writer is alone", async () => {
  const table = new RwLock();
  const readers = await Promise.all([table.read(), table.read()]);
  expect(table.stats()).toEqual({ readers: 2, writing: false, waiting: 0 });
  expect(table.tryWrite()).toBeUndefined();
  for (const reader of readers) reader.release();
  const writer = await table.write();
  expect(table.stats()).toEqual({ readers: 0, writing: true, waiting: 0 });
  expect([table.tryRead(), table.tryWrite()]).toEqual([undefined, undefined]);
  writer.release();
  expect(table.stats()).toEqual({ readers: 0, writing: false, waiting: 0 });
});

test("a stream of readers does not starve a writer", async () => {
  const table = new RwLock();
  const order: string[] = [];
  const reading = await table.read();
  const writer = table.write().then((permit) => {
    order.push("writer");
    permit.release();
  });
  const readers = [1, 2].map(async (n) => {
    using reading = await table.read();
    order.push(`reader ${n}`);
  });
  expect(table.tryRead()).toBeUndefined();
  reading.release();
  await Promise.all([writer, ...readers]);
  expect(order).toEqual(["writer", "reader 1", "reader 2"]);
});

test("a stream of writers does not starve a reader", async () => {
  const table = new RwLock();
  const order: string[] = [];
  const enter = async (kind: "read" | "write", name: string): Promise<void> => {
    using permit = await table[kind]();
    order.push(name);
    await Promise.resolve();
  };
  await Promise.all([
    enter("write", "first writer"),
    enter("read", "reader"),
    enter("write", "second writer"),
    enter("write", "third writer"),
  ]);
  expect(order).toEqual(["first writer", "reader", "second writer", "third writer"]);
});

test("readers in line one after the other go in together", async () => {
  const table = new RwLock();
  const writing = await table.write();
  const readers = [table.read(), table.read(), table.read()];
  const writer = table.write();
  writing.release();
  expect(table.stats()).toEqual({ readers: 3, writing: false, waiting: 1 });
  for (const reader of readers) (await reader).release();
  (await writer).release();
});

test("a writer that is cancelled in line lets the readers behind it in", async () => {
  const table = new RwLock();
  const reading = await table.read();
  const leaving = new AbortController();
  const writer = table.write({ signal: leaving.signal });
  const reader = table.read();
  leaving.abort(GONE);
  await expect(writer).rejects.toBe(GONE);
  (await reader).release();
  reading.release();
  expect(table.stats()).toEqual({ readers: 0, writing: false, waiting: 0 });
});

test("a second release does nothing, for readers and writers", async () => {
  const table = new RwLock();
  const [one, two] = [await table.read(), await table.read()];
  one.release();
  one.release();
  expect(table.stats().readers).toBe(1);
  two.release();
  const writer = await table.write();
  writer.release();
  const next = await table.write();
  writer.release();
  expect(table.stats().writing).toBe(true);
  next.release();
});

test("a pre-aborted signal rejects first, and takes nothing", async () => {
  const table = new RwLock();
  const signal = AbortSignal.abort(GONE);
  await expect(table.read({ signal })).rejects.toBe(GONE);
  await expect(table.write({ signal })).rejects.toBe(GONE);
  expect(table.stats()).toEqual({ readers: 0, writing: false, waiting: 0 });
});

test("wrong arguments throw at the call, with the value", () => {
  const table = new RwLock();
  const wrong = { signal: 5 as unknown as AbortSignal };
  const expected = new TypeError("signal must be an AbortSignal, got 5");
  expect(() => table.read(wrong)).toThrow(expected);
  expect(() => table.write(wrong)).toThrow(expected);
});
