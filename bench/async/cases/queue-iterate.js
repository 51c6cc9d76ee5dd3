import { strictEqual } from "node:assert";

const CAPACITY = 100;

async function sumUp(items) {
  let sum = 0;
  for await (const item of items) sum += item;
  return sum;
}

/** One awaiting producer that closes, one consumer in a `for await`. */
async function transfer(size, put, close, items) {
  async function produce() {
    for (let i = 0; i < size; i++) await put(i);
    close();
  }
  const [, sum] = await Promise.all([produce(), sumUp(items)]);
  return sum;
}

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "queue-iterate",
  title: "items through a queue of 100, read by `for await`",
  unit: "ns per item",
  size: 1_000_000,
  smokeSize: 1_000,
  check(sum, size) {
    strictEqual(sum, (size * (size - 1)) / 2);
  },
  implementations: [
    {
      name: "raw",
      note: "each wait cancellable",
      async load() {
        const { RawQueue } = await import("../raw/queue.js");
        const { RawScope } = await import("../raw/scope.js");
        return (size) => {
          const queue = new RawQueue(CAPACITY);
          const scope = new RawScope();
          const put = (item) => queue.put(item, scope);
          return transfer(size, put, () => queue.close(), queue.iterate(scope));
        };
      },
    },
    {
      name: "weftwork",
      note: "each wait cancellable",
      async load() {
        const { Queue } = await import("../../../dist/index.js");
        return (size) => {
          const queue = new Queue({ capacity: CAPACITY });
          const put = (item) => queue.put(item);
          return transfer(size, put, () => queue.close(), queue);
        };
      },
    },
    {
      name: "async-channel",
      from: "async-channel",
      note: "no cancel of one wait",
      async load() {
        const { Channel } = await import("async-channel");
        return (size) => {
          const channel = new Channel(CAPACITY);
          const put = (item) => channel.push(item);
          return transfer(size, put, () => channel.close(), channel);
        };
      },
    },
    {
      name: "Readable",
      note: "node:stream; a source that is pulled, no producer",
      async load() {
        const { Readable } = await import("node:stream");
        return (size) => {
          let next = 0;
          const read = function () {
            while (next < size && this.push(next++));
            if (next === size) this.push(null);
          };
          return sumUp(new Readable({ objectMode: true, highWaterMark: CAPACITY, read }));
        };
      },
    },
    {
      name: "PassThrough",
      note: "node:stream; awaits `drain` only",
      async load() {
        const { once } = await import("node:events");
        const { PassThrough } = await import("node:stream");
        return (size) => {
          const stream = new PassThrough({ objectMode: true, highWaterMark: CAPACITY });
          const put = (item) => (stream.write(item) ? undefined : once(stream, "drain"));
          return transfer(size, put, () => stream.end(), stream);
        };
      },
    },
    {
      name: "ReadableStream",
      note: "web; a source that is pulled, no producer",
      async load() {
        return (size) => {
          let next = 0;
          const pull = (controller) => {
            while (next < size && controller.desiredSize > 0) controller.enqueue(next++);
            if (next === size) controller.close();
          };
          return sumUp(new ReadableStream({ pull }, { highWaterMark: CAPACITY }));
        };
      },
    },
    {
      name: "effect",
      from: "effect",
      note: "Stream.fromQueue",
      divide: 5,
      async load() {
        const Effect = await import("effect/Effect");
        const Queue = await import("effect/Queue");
        const Stream = await import("effect/Stream");
        return async (size) => {
          const queue = await Effect.runPromise(Queue.bounded(CAPACITY));
          const produce = Effect.gen(function* () {
            for (let i = 0; i < size; i++) yield* Queue.offer(queue, i);
            yield* Queue.end(queue);
          });
          const items = Stream.toAsyncIterable(Stream.fromQueue(queue));
          const [, sum] = await Promise.all([Effect.runPromise(produce), sumUp(items)]);
          return sum;
        };
      },
    },
  ],
};
