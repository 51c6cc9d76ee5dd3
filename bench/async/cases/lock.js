import { strictEqual } from "node:assert";
import { python } from "../../harness/case.js";

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "lock",
  title: "acquire and release an uncontended lock",
  unit: "ns per pair",
  size: 2_000_000,
  smokeSize: 1_000,
  check(entered, size) {
    strictEqual(entered, size);
  },
  implementations: [
    {
      name: "raw",
      note: "the wait could be cancelled; a permit",
      async load() {
        const { RawLock } = await import("../raw/lock.js");
        const { RawScope } = await import("../raw/scope.js");
        return async (size) => {
          const lock = new RawLock();
          const scope = new RawScope();
          let entered = 0;
          for (let i = 0; i < size; i++) {
            const permit = await lock.acquire(scope);
            entered += 1;
            permit.release();
          }
          return entered;
        };
      },
    },
    {
      name: "weftwork",
      note: "the wait could be cancelled; a permit",
      async load() {
        const { Lock, withTaskGroup } = await import("../../../dist/index.js");
        return (size) =>
          withTaskGroup(async (scope) => {
            const lock = new Lock();
            let entered = 0;
            for (let i = 0; i < size; i++) {
              const permit = await lock.acquire(scope);
              entered += 1;
              permit.release();
            }
            return entered;
          });
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
      name: "es-toolkit",
      from: "es-toolkit",
      note: "Mutex; no cancel",
      async load() {
        const { Mutex } = await import("es-toolkit");
        return acquireAndRelease(() => new Mutex());
      },
    },
    {
      name: "async-mutex",
      from: "async-mutex",
      note: "Mutex; no cancel of one wait",
      async load() {
        const { Mutex } = await import("async-mutex");
        return async (size) => {
          const mutex = new Mutex();
          let entered = 0;
          for (let i = 0; i < size; i++) {
            const release = await mutex.acquire();
            entered += 1;
            release();
          }
          return entered;
        };
      },
    },
    {
      name: "effect",
      from: "effect",
      note: "Semaphore.withPermit",
      async load() {
        const Effect = await import("effect/Effect");
        const Semaphore = await import("effect/Semaphore");
        return (size) => {
          const semaphore = Semaphore.makeUnsafe(1);
          let entered = 0;
          const enter = semaphore.withPermit(Effect.sync(() => (entered += 1)));
          const program = Effect.gen(function* () {
            for (let i = 0; i < size; i++) yield* enter;
            return entered;
          });
          return Effect.runPromise(program);
        };
      },
    },
    python("lock.py", { args: ["uncontended"] }),
  ],
};

const acquireAndRelease = (makeLock) => async (size) => {
  const lock = makeLock();
  let entered = 0;
  for (let i = 0; i < size; i++) {
    await lock.acquire();
    entered += 1;
    lock.release();
  }
  return entered;
};
