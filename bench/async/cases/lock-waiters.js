import { strictEqual } from "node:assert";
import { python } from "../../harness/case.js";

const TASKS = 1_000;

/** Runs `loop` in 1,000 tasks; each enters the lock so many times and says so. */
async function contend(size, loop) {
  const entered = await Promise.all(Array.from({ length: TASKS }, () => loop(size / TASKS)));
  return entered.reduce((sum, times) => sum + times, 0);
}

const acquireAndRelease = (makeLock) => (size) => {
  const lock = makeLock();
  return contend(size, async (times) => {
    let entered = 0;
    for (let i = 0; i < times; i++) {
      await lock.acquire();
      entered += 1;
      lock.release();
    }
    return entered;
  });
};

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "lock-waiters",
  title: "acquire and release a lock for which 1,000 tasks wait",
  unit: "ns per pair",
  size: 1_000_000,
  smokeSize: 2_000,
  check(entered, size) {
    strictEqual(entered, size);
  },
  implementations: [
    {
      name: "raw",
      note: "each wait cancellable, by a scope per task",
      async load() {
        const { RawLock } = await import("../raw/lock.js");
        const { RawScope } = await import("../raw/scope.js");
        return (size) => {
          const lock = new RawLock();
          return contend(size, async (times) => {
            const scope = new RawScope();
            let entered = 0;
            for (let i = 0; i < times; i++) {
              const permit = await lock.acquire(scope);
              entered += 1;
              permit.release();
            }
            return entered;
          });
        };
      },
    },
    {
      name: "weftwork",
      note: "each wait cancellable, by a scope per task",
      async load() {
        const { Lock, withTaskGroup } = await import("../../../dist/index.js");
        return (size) =>
          withTaskGroup((group) => {
            const lock = new Lock();
            return contend(size, (times) =>
              group.spawn(async (scope) => {
                let entered = 0;
                for (let i = 0; i < times; i++) {
                  const permit = await lock.acquire(scope);
                  entered += 1;
                  permit.release();
                }
                return entered;
              }),
            );
          });
      },
    },
    {
      name: "es-toolkit",
      from: "es-toolkit",
      note: "Mutex; no cancel",
      async load() {
        const { Mutex } = await import("es-toolkit");
        return acquireAndRelease(() => new Mutex());
      },
    },
    {
      name: "async-sema",
      from: "async-sema",
      note: "no cancel",
      async load() {
        const { Sema } = await import("async-sema");
        return acquireAndRelease(() => new Sema(1));
      },
    },
    {
      name: "p-limit",
      from: "p-limit",
      note: "p-limit(1)",
      async load() {
        const { default: pLimit } = await import("p-limit");
        return (size) => {
          const limit = pLimit(1);
          return contend(size, async (times) => {
            let entered = 0;
            for (let i = 0; i < times; i++) await limit(() => (entered += 1));
            return entered;
          });
        };
      },
    },
    {
      name: "async-mutex",
      from: "async-mutex",
      note: "Mutex; no cancel of one wait",
      async load() {
        const { Mutex } = await import("async-mutex");
        return (size) => {
          const mutex = new Mutex();
          return contend(size, async (times) => {
            let entered = 0;
            for (let i = 0; i < times; i++) {
              const release = await mutex.acquire();
              entered += 1;
              release();
            }
            return entered;
          });
        };
      },
    },
    {
      name: "effect",
      from: "effect",
      note: "Semaphore.withPermit; yields inside, or nobody would wait",
      divide: 20,
      async load() {
        const Effect = await import("effect/Effect");
        const Semaphore = await import("effect/Semaphore");
        return (size) => {
          const semaphore = Semaphore.makeUnsafe(1);
          let entered = 0;
          const count = Effect.sync(() => (entered += 1));
          const enter = semaphore.withPermit(Effect.andThen(count, Effect.yieldNow));
          const loop = Effect.gen(function* () {
            for (let i = 0; i < size / TASKS; i++) yield* enter;
          });
          const loops = Array.from({ length: TASKS }, () => loop);
          const all = Effect.all(loops, { concurrency: "unbounded", discard: true });
          return Effect.runPromise(Effect.as(all, 0)).then(() => entered);
        };
      },
    },
    python("lock.py", { args: ["waiters"], note: "yields inside, or nobody would wait" }),
  ],
};
