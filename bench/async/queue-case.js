import { strictEqual } from "node:assert";
import { python } from "../harness/case.js";

const CAPACITY = 100;

/** One producer, one consumer, each awaiting every step. Gives the sum of what came out. */
async function transfer(size, consumerFirst, put, get) {
  async function produce() {
    for (let i = 0; i < size; i++) await put(i);
  }
  async function consume() {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += await get();
    return sum;
  }
  const consumed = consumerFirst ? consume() : undefined;
  const produced = produce();
  const sum = await (consumed ?? consume());
  await produced;
  return sum;
}

/**
 * Who starts first decides what is measured: the producer stays one item ahead and nobody ever waits,
 * or the consumer waits for every item and gets it handed over.
 *
 * @param {Pick<import("../harness/case.js").Case, "url" | "name" | "title"> & { consumerFirst: boolean }} which
 * @returns {import("../harness/case.js").Case}
 */
export function queueCase({ consumerFirst, ...named }) {
  const implementations = [raw, weftwork, asyncChannel, effect].map((each) => ({
    ...each,
    load: () => each.load(consumerFirst),
  }));
  return {
    ...named,
    unit: "ns per item",
    size: 1_000_000,
    smokeSize: 1_000,
    check(sum, size) {
      strictEqual(sum, (size * (size - 1)) / 2);
    },
    implementations: [
      ...implementations,
      python("bounded_queue.py", { args: [consumerFirst ? "consumer-first" : "producer-first"] }),
    ],
  };
}

const raw = {
  name: "raw",
  note: "each wait cancellable",
  async load(consumerFirst) {
    const { RawQueue } = await import("./raw/queue.js");
    const { RawScope } = await import("./raw/scope.js");
    return (size) => {
      const queue = new RawQueue(CAPACITY);
      const scope = new RawScope();
      const put = (item) => queue.put(item, scope);
      return transfer(size, consumerFirst, put, () => queue.get(scope));
    };
  },
};

const weftwork = {
  name: "weftwork",
  note: "each wait cancellable",
  async load(consumerFirst) {
    const { Queue, withTaskGroup } = await import("../../dist/index.js");
    return (size) =>
      withTaskGroup((scope) => {
        const queue = new Queue({ capacity: CAPACITY });
        const put = (item) => queue.put(item, scope);
        return transfer(size, consumerFirst, put, () => queue.get(scope));
      });
  },
};

const asyncChannel = {
  name: "async-channel",
  from: "async-channel",
  note: "no cancel of one wait",
  async load(consumerFirst) {
    const { Channel } = await import("async-channel");
    return (size) => {
      const channel = new Channel(CAPACITY);
      const put = (item) => channel.push(item);
      return transfer(size, consumerFirst, put, () => channel.get());
    };
  },
};

const effect = {
  name: "effect",
  from: "effect",
  note: "Queue.bounded",
  async load(consumerFirst) {
    const Effect = await import("effect/Effect");
    const Queue = await import("effect/Queue");
    return (size) => {
      let sum = 0;
      const program = Effect.gen(function* () {
        const queue = yield* Queue.bounded(CAPACITY);
        const produce = Effect.gen(function* () {
          for (let i = 0; i < size; i++) yield* Queue.offer(queue, i);
        });
        const consume = Effect.gen(function* () {
          for (let i = 0; i < size; i++) sum += yield* Queue.take(queue);
        });
        const both = consumerFirst ? [consume, produce] : [produce, consume];
        yield* Effect.all(both, { concurrency: "unbounded", discard: true });
        return sum;
      });
      return Effect.runPromise(program);
    };
  },
};
