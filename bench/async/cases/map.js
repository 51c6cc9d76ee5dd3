import { deepStrictEqual } from "node:assert";
import { increment, numbers } from "../numbers.js";
import { python } from "../../harness/case.js";

const LIMIT = 50;

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "map",
  title: "a bounded map, limit 50, over async functions, to an array",
  unit: "ns per item",
  size: 1_000_000,
  smokeSize: 1_000,
  check(results, size) {
    deepStrictEqual(
      results,
      numbers(size).map((item) => item + 1),
    );
  },
  implementations: [
    {
      name: "bare",
      note: "loops only: loses errors, cannot stop",
      async load() {
        const { bareMap } = await import("../raw/map.js");
        return (size) => bareMap(numbers(size), increment, LIMIT);
      },
    },
    {
      name: "raw",
      note: "stops at errors, joins, can be cancelled",
      async load() {
        const { rawMap } = await import("../raw/map.js");
        const { signal } = new AbortController();
        return (size) => rawMap(numbers(size), increment, LIMIT, signal);
      },
    },
    {
      name: "weftwork",
      async load() {
        const { mapConcurrent } = await import("../../../dist/index.js");
        const { signal } = new AbortController();
        return (size) =>
          mapConcurrent(numbers(size), increment, { limit: LIMIT, signal }).toArray();
      },
    },
    {
      name: "async",
      from: "async",
      note: "mapLimit; no cancel",
      async load() {
        const { mapLimit } = await import("async");
        return (size) => mapLimit(numbers(size), LIMIT, increment);
      },
    },
    {
      name: "p-map",
      from: "p-map",
      async load() {
        const { default: pMap } = await import("p-map");
        const { signal } = new AbortController();
        return (size) => pMap(numbers(size), increment, { concurrency: LIMIT, signal });
      },
    },
    {
      name: "effect",
      from: "effect",
      note: "Effect.forEach",
      async load() {
        const Effect = await import("effect/Effect");
        const effect = (item) => Effect.promise(() => increment(item));
        return (size) =>
          Effect.runPromise(Effect.forEach(numbers(size), effect, { concurrency: LIMIT }));
      },
    },
    {
      name: "es-toolkit",
      from: "es-toolkit",
      note: "mapAsync; no cancel",
      async load() {
        const { mapAsync } = await import("es-toolkit");
        return (size) => mapAsync(numbers(size), increment, { concurrency: LIMIT });
      },
    },
    {
      name: "p-limit",
      from: "p-limit",
      async load() {
        const { default: pLimit } = await import("p-limit");
        return (size) => pLimit(LIMIT).map(numbers(size), increment);
      },
    },
    {
      name: "fastq",
      from: "fastq",
      note: "no cancel",
      async load() {
        const { default: fastq } = await import("fastq");
        return (size) => {
          const queue = fastq.promise(increment, LIMIT);
          return Promise.all(numbers(size).map((item) => queue.push(item)));
        };
      },
    },
    {
      name: "p-queue",
      from: "p-queue",
      async load() {
        const { default: PQueue } = await import("p-queue");
        return (size) => {
          const queue = new PQueue({ concurrency: LIMIT });
          return queue.addAll(numbers(size).map((item) => () => increment(item)));
        };
      },
    },
    python("bounded_map.py", { note: "Semaphore and gather" }),
  ],
};
