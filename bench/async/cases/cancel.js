import { strictEqual } from "node:assert";
import { setImmediate as turn } from "node:timers/promises";
import { python } from "../../harness/case.js";

const AN_HOUR_MS = 3_600_000;

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "cancel",
  title: "children that sleep, from the cancel until all have settled",
  unit: "ns per child",
  size: 100_000,
  smokeSize: 1_000,
  check(cleanedUp, size) {
    strictEqual(cleanedUp, size);
  },
  implementations: [
    {
      name: "raw",
      note: "a list of members per scope",
      async load() {
        const { rawSleep } = await import("../raw/sleep.js");
        const { RawGroup } = await import("../raw/task-group.js");
        return async (size, watch) => {
          let cleanedUp = 0;
          const group = new RawGroup();
          for (let i = 0; i < size; i++) {
            group.spawn(async (scope) => {
              try {
                await rawSleep(AN_HOUR_MS, scope);
              } finally {
                cleanedUp += 1;
              }
            });
          }
          await turn();
          watch.start();
          group.cancel(new Error("cancelled"));
          await group.join();
          return cleanedUp;
        };
      },
    },
    {
      name: "weftwork",
      async load() {
        const { sleep, withTaskGroup } = await import("../../../dist/index.js");
        return async (size, watch) => {
          let cleanedUp = 0;
          await withTaskGroup(async (group) => {
            for (let i = 0; i < size; i++) {
              group.spawn(async (scope) => {
                try {
                  await sleep(AN_HOUR_MS, scope);
                } finally {
                  cleanedUp += 1;
                }
              });
            }
            await turn();
            watch.start();
            group.cancel();
          });
          return cleanedUp;
        };
      },
    },
    {
      name: "effect",
      from: "effect",
      note: "Fiber.interruptAll",
      async load() {
        const Effect = await import("effect/Effect");
        const Fiber = await import("effect/Fiber");
        return (size, watch) => {
          let cleanedUp = 0;
          const cleanUp = Effect.sync(() => {
            cleanedUp += 1;
          });
          const body = Effect.ensuring(Effect.sleep(AN_HOUR_MS), cleanUp);
          const program = Effect.gen(function* () {
            const fibers = [];
            for (let i = 0; i < size; i++) fibers.push(yield* Effect.forkChild(body));
            yield* Effect.promise(() => turn());
            watch.start();
            yield* Fiber.interruptAll(fibers);
            return cleanedUp;
          });
          return Effect.runPromise(program);
        };
      },
    },
    {
      name: "controllers",
      note: "an AbortController per child, timers/promises",
      async load() {
        const { setTimeout: sleep } = await import("node:timers/promises");
        return async (size, watch) => {
          let cleanedUp = 0;
          const body = async (signal) => {
            try {
              await sleep(AN_HOUR_MS, undefined, { signal });
            } finally {
              cleanedUp += 1;
            }
          };
          const controllers = [];
          const children = [];
          for (let i = 0; i < size; i++) {
            const controller = new AbortController();
            controllers.push(controller);
            children.push(body(controller.signal));
          }
          const settled = Promise.allSettled(children);
          await turn();
          watch.start();
          const reason = new Error("cancelled");
          for (const controller of controllers) controller.abort(reason);
          await settled;
          return cleanedUp;
        };
      },
    },
    {
      name: "effection",
      from: "effection",
      note: "task.halt",
      divide: 10,
      async load() {
        const { run, sleep, spawn, suspend } = await import("effection");
        return async (size, watch) => {
          let cleanedUp = 0;
          const body = function* () {
            try {
              yield* sleep(AN_HOUR_MS);
            } finally {
              cleanedUp += 1;
            }
          };
          let started;
          const ready = new Promise((resolve) => (started = resolve));
          const parent = run(function* () {
            for (let i = 0; i < size; i++) yield* spawn(body);
            started();
            yield* suspend();
          });
          await ready;
          await turn();
          watch.start();
          await parent.halt();
          return cleanedUp;
        };
      },
    },
    python("cancel.py", { note: "TaskGroup" }),
  ],
};
