import { strictEqual } from "node:assert";
import { python } from "../../harness/case.js";

const CAPACITY = 100;

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "queue-try",
  title: "items through a queue of 100, awaiting only when it is full or empty",
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
        const { EMPTY, RawQueue } = await import("../raw/queue.js");
        const { RawScope } = await import("../raw/scope.js");
        return async (size) => {
          const queue = new RawQueue(CAPACITY);
          const scope = new RawScope();
          async function produce() {
            for (let i = 0; i < size; i++) {
              if (!queue.tryPut(i)) await queue.put(i, scope);
            }
          }
          async function consume() {
            let sum = 0;
            for (let i = 0; i < size; i++) {
              const item = queue.tryGet();
              sum += item === EMPTY ? await queue.get(scope) : item;
            }
            return sum;
          }
          const [, sum] = await Promise.all([produce(), consume()]);
          return sum;
        };
      },
    },
    {
      name: "weftwork",
      note: "each wait cancellable",
      async load() {
        const { Queue, withTaskGroup } = await import("../../../dist/index.js");
        return (size) =>
          withTaskGroup(async (group) => {
            const queue = new Queue({ capacity: CAPACITY });
            group.spawn(async (scope) => {
              for (let i = 0; i < size; i++) {
                if (!queue.tryPut(i)) await queue.put(i, scope);
              }
            });
            let sum = 0;
            for (let i = 0; i < size; i++) {
              const got = queue.tryGet();
              sum += got ? got.value : await queue.get(group);
            }
            return sum;
          });
      },
    },
    {
      name: "effect",
      from: "effect",
      note: "offerUnsafe, takeUnsafe",
      async load() {
        const Effect = await import("effect/Effect");
        const Queue = await import("effect/Queue");
        return (size) => {
          let sum = 0;
          const program = Effect.gen(function* () {
            const queue = yield* Queue.bounded(CAPACITY);
            const produce = Effect.gen(function* () {
              for (let i = 0; i < size; i++) {
                if (!Queue.offerUnsafe(queue, i)) yield* Queue.offer(queue, i);
              }
            });
            const consume = Effect.gen(function* () {
              for (let i = 0; i < size; i++) {
                const exit = Queue.takeUnsafe(queue);
                sum += exit ? exit.value : yield* Queue.take(queue);
              }
            });
            yield* Effect.all([produce, consume], { concurrency: "unbounded", discard: true });
            return sum;
          });
          return Effect.runPromise(program);
        };
      },
    },
    python("bounded_queue.py", { args: ["try"], note: "put_nowait, get_nowait" }),
  ],
};
