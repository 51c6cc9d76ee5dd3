import { strictEqual } from "node:assert";
import { newWords } from "../second-thread.js";

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "lock-sync",
  title: "a lock that nobody else wants, taken and given back by blocking calls",
  unit: "ns per turn",
  size: 5_000_000,
  smokeSize: 1_000,
  check: (turns, size) => strictEqual(turns, size),
  implementations: [
    {
      name: "raw",
      note: "two compare-and-swaps",
      async load() {
        const words = newWords();
        return (size) => {
          let turns = 0;
          for (let i = 0; i < size; i += 1) {
            if (Atomics.compareExchange(words, 0, 0, 1) === 0) turns += 1;
            Atomics.compareExchange(words, 0, 1, 0);
          }
          return turns;
        };
      },
    },
    {
      name: "weftwork",
      async load() {
        const { allowBlockingMain, SharedLock } = await import("../../../dist/shared/index.js");
        allowBlockingMain();
        const lock = new SharedLock();
        return (size) => {
          let turns = 0;
          for (let i = 0; i < size; i += 1) {
            const guard = lock.acquireSync();
            turns += 1;
            guard.release();
          }
          return turns;
        };
      },
    },
    {
      name: "multithreading",
      from: "multithreading",
      needsNode: 21,
      divide: 10,
      async load() {
        const { Mutex } = await import("multithreading");
        const mutex = new Mutex();
        return (size) => {
          let turns = 0;
          for (let i = 0; i < size; i += 1) {
            const guard = mutex.blockingLock();
            turns += 1;
            guard[Symbol.dispose]();
          }
          return turns;
        };
      },
    },
  ],
};
