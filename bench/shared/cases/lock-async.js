import { strictEqual } from "node:assert";

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "lock-async",
  title: "a lock that nobody else wants, awaited",
  unit: "ns per turn",
  size: 1_000_000,
  smokeSize: 1_000,
  check: (turns, size) => strictEqual(turns, size),
  implementations: [
    {
      name: "weftwork",
      async load() {
        const { SharedLock } = await import("../../../dist/shared/index.js");
        const lock = new SharedLock();
        return async (size) => {
          let turns = 0;
          for (let i = 0; i < size; i += 1) {
            const guard = await lock.acquire();
            turns += 1;
            guard.release();
          }
          return turns;
        };
      },
    },
  ],
};
