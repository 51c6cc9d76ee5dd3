import { PassThrough, Writable } from "node:stream";
import { expect, test } from "vitest";
import { host } from "../core/index.js";
import { pipeline } from "./index.js";

const turn = (): Promise<void> => new Promise((resolve) => host.soon(resolve));
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

/** Counts what was pulled, and what a destination has dealt with: the difference is on its way. */
class Meter {
  pulled = 0;
  done = 0;
  most = 0;

  *source(count: number): Generator<number> {
    for (; this.pulled < count;) {
      this.pulled += 1;
      this.most = Math.max(this.most, this.pulled - this.done);
      yield this.pulled;
    }
  }
}

test("a Web stream gets each item in order, at its own pace, and is closed and unlocked", async () => {
  const meter = new Meter();
  const log: unknown[] = [];
  const destination = new WritableStream<number>(
    {
      async write(item) {
        await turn();
        meter.done += 1;
        log.push(item);
      },
      close: () => void log.push("closed"),
    },
    { highWaterMark: 4 },
  );
  await pipeline(meter.source(50)).pipeTo(destination);
  expect(log).toEqual([...upTo(50).map((n) => n + 1), "closed"]);
  expect(meter.most).toBeLessThanOrEqual(4 + 1);
  expect(destination.locked).toBe(false);
});

test("a Node stream gets each item in order, at its own pace, and is ended", async () => {
  const meter = new Meter();
  const log: unknown[] = [];
  const destination = new Writable({
    objectMode: true,
    highWaterMark: 4,
    write(item, _, written) {
      host.soon(() => {
        meter.done += 1;
        log.push(item);
        written();
      });
    },
    final(finished) {
      log.push("final");
      host.soon(finished);
    },
  });
  await pipeline(meter.source(50)).pipeTo(destination);
  expect(log).toEqual([...upTo(50).map((n) => n + 1), "final"]);
  expect(meter.most).toBeLessThanOrEqual(4 + 1);
  expect(destination.writableFinished).toBe(true);
});

test("a transform in between keeps the bounds: who reads it slowly holds the source back", async () => {
  const meter = new Meter();
  const through = new PassThrough({ objectMode: true, highWaterMark: 2 });
  const run = pipeline(meter.source(30)).pipeTo(through);
  const seen: number[] = [];
  for await (const n of through) {
    await turn();
    meter.done += 1;
    seen.push(n as number);
  }
  await run;
  expect(seen).toHaveLength(30);
  expect(meter.most).toBeLessThanOrEqual(2 * 2 + 3);
});

test("an empty pipeline closes its destination, too", async () => {
  let closed = 0;
  await pipeline([]).pipeTo(new WritableStream({ close: () => void (closed += 1) }));
  await pipeline([]).pipeTo(new Writable({ final: (finished) => ((closed += 1), finished()) }));
  expect(closed).toBe(2);
});

test("preventClose leaves the destination open and free, after all has arrived", async () => {
  const arrived: number[] = [];
  const web = new WritableStream<number>({
    async write(item) {
      await turn();
      arrived.push(item);
    },
  });
  for (const items of [[1, 2], [3, 4], []]) {
    await pipeline(items).pipeTo(web, { preventClose: true });
    expect(web.locked).toBe(false);
    expect(arrived.at(-1)).toBe(items.at(-1) ?? 4);
  }
  const node = new Writable({
    objectMode: true,
    write: (item: number, _, written) => host.soon(() => (arrived.push(item), written())),
  });
  const listeners = node.eventNames().map((name) => node.listenerCount(name));
  for (const items of [[5, 6], [7, 8], []]) {
    await pipeline(items).pipeTo(node, { preventClose: true });
    expect(node.writableEnded).toBe(false);
    expect(arrived.at(-1)).toBe(items.at(-1) ?? 8);
  }
  expect(node.eventNames().map((name) => node.listenerCount(name))).toEqual(listeners);
});

test("stdout and stderr stay open anyway, also after a failure", async () => {
  for (const stream of [process.stdout, process.stderr]) {
    const before = stream.listenerCount("error");
    await pipeline([""]).pipeTo(stream);
    const run = pipeline([1])
      .map(() => Promise.reject(new Error("bad")))
      .pipeTo(stream);
    await expect(run).rejects.toThrow("bad");
    expect([stream.writableEnded, stream.destroyed]).toEqual([false, false]);
    expect(stream.listenerCount("error")).toBe(before);
  }
});

test("two pipelines, one after the other, can write to one destination", async () => {
  const chunks: string[] = [];
  const destination = new Writable({
    decodeStrings: false,
    write: (chunk: string, _, written) => (chunks.push(chunk), written()),
  });
  await pipeline(["a", "b"]).pipeTo(destination, { preventClose: true });
  await pipeline(["c"]).pipeTo(destination);
  expect([chunks.join(""), destination.writableEnded]).toEqual(["abc", true]);
});
