import { expect, test } from "vitest";
import { VirtualHost } from "../../../testing/index.js";
import { sleep } from "../../../task/index.js";
import type { Target } from "./target.js";
import { TextSink } from "./text-sink.js";

/** A sink, and what was written each time. A write takes 1 ms. */
function opened() {
  const writes: string[] = [];
  const target: Target = {
    async write(bytes) {
      await sleep(1);
      if (bytes.toString().startsWith("bad")) throw new Error("no room");
      writes.push(bytes.toString());
    },
    sync: async () => {},
    close: async () => {},
  };
  const errors: unknown[] = [];
  const sink = new TextSink(target, 5, (error) => errors.push(error));
  return { sink, writes, errors };
}

const inVirtualTime = (main: () => Promise<void>): Promise<void> => new VirtualHost().run(main);

test("a line after a pause is written at once; those that follow it closely, together", () =>
  inVirtualTime(async () => {
    const { sink, writes } = opened();
    sink.add("1\n");
    await sleep(2);
    expect(writes).toEqual(["1\n"]);
    for (const line of ["2\n", "3\n"]) {
      sink.add(line);
      await sleep(2);
    }
    expect(writes).toEqual(["1\n"]);
    await sleep(10);
    expect(writes).toEqual(["1\n", "2\n3\n"]);
  }));

test("who waits for what was added does not wait for a pause, and is told the bytes up to there", () =>
  inVirtualTime(async () => {
    const { sink, writes } = opened();
    sink.add("1\n");
    await sleep(2);
    sink.add("2\n");
    const written = sink.written();
    sink.add("3\n");
    expect(await written).toBe(5 + 4);
    expect(writes).toEqual(["1\n", "2\n"]);
    expect(await sink.written()).toBe(5 + 6);
  }));

test("much is written at once, pause or not", () =>
  inVirtualTime(async () => {
    const { sink, writes } = opened();
    sink.add("1\n");
    await sleep(2);
    sink.add("x".repeat(1 << 16));
    await sleep(2);
    expect(writes).toHaveLength(2);
  }));

test("what can't be written is told once, also to those who wait; nothing is written after it", () =>
  inVirtualTime(async () => {
    const { sink, writes, errors } = opened();
    sink.add("bad\n");
    await expect(sink.written()).rejects.toThrow("no room");
    sink.add("more\n");
    await sleep(20);
    await expect(sink.written()).rejects.toThrow("no room");
    await expect(sink.drained()).rejects.toThrow("no room");
    expect(errors).toHaveLength(1);
    expect(writes).toEqual([]);
  }));
