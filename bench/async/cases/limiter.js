import { deepStrictEqual } from "node:assert";
import { increment, numbers } from "../numbers.js";

const LIMIT = 50;

/** Gives all functions to the limiter at once, as one does with p-limit. */
const submitAll = (size, submit) => Promise.all(numbers(size).map(submit));

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "limiter",
  title: "async functions, all submitted at once to a limiter of 50",
  unit: "ns per function",
  size: 100_000,
  smokeSize: 1_000,
  check(results, size) {
    deepStrictEqual(
      results,
      numbers(size).map((item) => item + 1),
    );
  },
  implementations: [
    {
      name: "raw",
      note: "a line of waiters, each wait cancellable",
      async load() {
        const { RawSemaphore } = await import("../raw/semaphore.js");
        const { RawScope } = await import("../raw/scope.js");
        return (size) => {
          const semaphore = new RawSemaphore(LIMIT);
          const scope = new RawScope();
          return submitAll(size, (item) => semaphore.run(() => increment(item), scope));
        };
      },
    },
    {
      name: "weftwork",
      note: "Semaphore.run",
      async load() {
        const { Semaphore } = await import("../../../dist/index.js");
        return (size) => {
          const semaphore = new Semaphore(LIMIT);
          return submitAll(size, (item) => semaphore.run(() => increment(item)));
        };
      },
    },
    {
      name: "p-limit",
      from: "p-limit",
      async load() {
        const { default: pLimit } = await import("p-limit");
        return (size) => {
          const limit = pLimit(LIMIT);
          return submitAll(size, (item) => limit(increment, item));
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
          return submitAll(size, (item) => queue.add(() => increment(item)));
        };
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
          return submitAll(size, (item) => queue.push(item));
        };
      },
    },
    {
      name: "es-toolkit",
      from: "es-toolkit",
      note: "Semaphore; no cancel",
      async load() {
        const { Semaphore } = await import("es-toolkit");
        return (size) => {
          const semaphore = new Semaphore(LIMIT);
          return submitAll(size, async (item) => {
            await semaphore.acquire();
            try {
              return await increment(item);
            } finally {
              semaphore.release();
            }
          });
        };
      },
    },
    {
      name: "async-mutex",
      from: "async-mutex",
      note: "Semaphore.runExclusive",
      divide: 20,
      async load() {
        const { Semaphore } = await import("async-mutex");
        return (size) => {
          const semaphore = new Semaphore(LIMIT);
          return submitAll(size, (item) => semaphore.runExclusive(() => increment(item)));
        };
      },
    },
  ],
};
