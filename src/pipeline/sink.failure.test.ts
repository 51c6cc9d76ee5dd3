import { Writable, type WritableOptions } from "node:stream";
import { expect, test } from "vitest";
import { host } from "../core/index.js";
import { Queue } from "../queue/index.js";
import { pipeline } from "./index.js";

const BAD = new Error("bad destination");
const REASON = new Error("the reason");
const turn = (): Promise<void> => new Promise((resolve) => host.soon(resolve));

const node = (options: WritableOptions): Writable =>
  new Writable({ objectMode: true, highWaterMark: 2, ...options });

function* endless(log: string[]): Generator<number> {
  try {
    for (let n = 0; ; n += 1) yield n;
  } finally {
    log.push("source closed");
  }
}

const BROKEN: [string, () => WritableStream | Writable][] = [
  [
    "a Web stream whose write throws",
    () => new WritableStream({ write: () => Promise.reject(BAD) }),
  ],
  ["a Web stream that can't start", () => new WritableStream({ start: () => Promise.reject(BAD) })],
  [
    "a Web stream that errors by itself",
    () =>
      new WritableStream({
        start: (controller) => host.soon(() => controller.error(BAD)),
        write: turn,
      }),
  ],
  ["a Node stream whose write fails", () => node({ write: (_, __, written) => written(BAD) })],
  [
    "a Node stream whose write fails later",
    () => node({ write: (_, __, written) => host.soon(() => written(BAD)) }),
  ],
  [
    "a Node stream that is destroyed with an error",
    () => {
      const stream = node({ write: (_, __, written) => host.soon(written) });
      host.soon(() => stream.destroy(BAD));
      return stream;
    },
  ],
];

test.each(BROKEN)(
  "%s ends the pipeline with one TaskGroupError, and closes the source",
  async (_, open) => {
    const log: string[] = [];
    const run = pipeline(endless(log))
      .map((n) => n, { limit: 2 })
      .pipeTo(open());
    await expect(run).rejects.toMatchObject({ code: "TASKS_FAILED", errors: [BAD] });
    expect(log).toEqual(["source closed"]);
  },
);

const CLOSING: [string, () => WritableStream | Writable][] = [
  ["a Web stream", () => new WritableStream({ close: () => Promise.reject(BAD) })],
  ["a Node stream", () => node({ write: (_, __, ok) => ok(), final: (finished) => finished(BAD) })],
  [
    "a Node stream that fails to write its last item",
    () => node({ write: (_, __, written) => host.soon(() => written(BAD)) }),
  ],
  [
    "a Web stream, by its last item",
    () => new WritableStream({ write: () => turn().then(() => Promise.reject(BAD)) }),
  ],
];

test.each(CLOSING)("%s that fails at the end is one TaskGroupError, too", async (_, open) => {
  await expect(pipeline([1]).pipeTo(open())).rejects.toMatchObject({ errors: [BAD] });
});

test("with preventClose, the failure of the last item is told of, and its echo crashes nothing", async () => {
  const open = [
    () => new WritableStream({ write: () => turn().then(() => Promise.reject(BAD)) }),
    () =>
      node({
        write: (_, __, written) => host.soon(() => written(BAD)),
        destroy: (error, destroyed) => host.soon(() => host.soon(() => destroyed(error))),
      }),
  ];
  for (const destination of open) {
    const run = pipeline([1]).pipeTo(destination(), { preventClose: true });
    await expect(run).rejects.toMatchObject({ errors: [BAD] });
    for (let i = 0; i < 5; i += 1) await turn(); // the stream emits its error only now
  }
});

test("a Node stream that is destroyed early, also in the middle of a write, ends the pipeline", async () => {
  const before = node({ write() {} });
  before.destroy();
  const during = node({ write() {} }); // never says that it has written
  const between = node({ write: (_, __, written) => written() });
  host.soon(() => during.destroy());
  const log: string[] = [];
  await expect(pipeline(endless(log)).pipeTo(before)).rejects.toMatchObject({
    code: "TASKS_FAILED",
  });
  await expect(pipeline(endless(log)).pipeTo(during)).rejects.toMatchObject({
    errors: [{ code: "CLOSED" }],
  });
  const queue = new Queue<number>({ capacity: 1 });
  const run = pipeline(queue).pipeTo(between);
  host.soon(() => between.destroy());
  await expect(run).rejects.toMatchObject({ errors: [{ code: "CLOSED" }] });
  expect(log).toEqual(["source closed", "source closed"]);
  expect(queue.stats().waiting).toBe(0);
});

test("a destination that breaks ends the pipeline while its source is idle", async () => {
  const queue = new Queue<number>({ capacity: 1 });
  const web = new WritableStream({ start: (controller) => host.soon(() => controller.error(BAD)) });
  await expect(pipeline(queue).batch(2).pipeTo(web)).rejects.toMatchObject({ errors: [BAD] });
  const stream = node({ write: (_, __, written) => written() });
  host.soon(() => stream.destroy(BAD));
  await expect(
    pipeline(queue)
      .flatMap((n) => [n])
      .pipeTo(stream),
  ).rejects.toMatchObject({
    errors: [BAD],
  });
  expect(queue.stats().waiting).toBe(0);
});

test("a failing step aborts the destination with the error, unless it stays open", async () => {
  const aborted: unknown[] = [];
  const steps = pipeline([1, 2]).map(() => Promise.reject(BAD));
  const web = () => new WritableStream({ abort: (reason) => void aborted.push(reason) });
  const failure: unknown = await steps.pipeTo(web()).catch((error: unknown) => error);
  expect(failure).toMatchObject({ errors: [BAD] });
  expect(aborted).toEqual([failure]);
  const open = web();
  await expect(steps.pipeTo(open, { preventClose: true })).rejects.toMatchObject({ errors: [BAD] });
  expect([aborted.length, open.locked]).toEqual([1, false]);
  const stream = node({ write: (_, __, written) => written() });
  await expect(steps.pipeTo(stream)).rejects.toMatchObject({ errors: [BAD] });
  expect([stream.destroyed, stream.errored]).toMatchObject([true, { errors: [BAD] }]);
});

const STUCK: [string, (aborted: () => void) => WritableStream | Writable][] = [
  [
    "a Node stream that never drains",
    (aborted) => node({ write() {}, destroy: (_, destroyed) => (aborted(), destroyed(null)) }),
  ],
  [
    "a Node stream that never finishes",
    (aborted) =>
      node({
        write: (_, __, written) => written(),
        final() {},
        destroy: (_, destroyed) => (aborted(), destroyed(null)),
      }),
  ],
  [
    "a Web stream that writes until it is aborted",
    (aborted) => {
      let stop: () => void;
      const stopped = new Promise<void>((resolve) => (stop = resolve));
      return new WritableStream({
        start: (controller) =>
          (controller as { signal?: AbortSignal }).signal?.addEventListener("abort", () => stop()),
        write: () => stopped,
        abort: aborted,
      });
    },
  ],
];

test.each(STUCK)("a cancel is not held up by %s, which is aborted", async (_, open) => {
  const controller = new AbortController();
  let aborted = 0;
  const destination = open(() => (aborted += 1));
  const run = pipeline([1, 2, 3, 4], controller).pipeTo(destination as Writable);
  const outcome = run.catch((error: unknown) => error);
  await turn();
  controller.abort(REASON);
  expect(await outcome).toBe(REASON);
  expect(aborted).toBe(1);
});

test("an item that the destination refuses is an error of that item", async () => {
  const bytes = new Writable({ write: (_, __, written) => written() });
  const run = pipeline<unknown>(["text", { no: "text" }]).pipeTo(bytes);
  await expect(run).rejects.toMatchObject({
    errors: [{ code: "ERR_INVALID_ARG_TYPE" }],
    indices: [1],
  });
});
