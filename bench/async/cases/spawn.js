import { strictEqual } from "node:assert";
import { python } from "../../harness/case.js";

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "spawn",
  title: "children with a handle each, all spawned, then joined",
  unit: "ns per child",
  size: 1_000_000,
  smokeSize: 1_000,
  check(ran, size) {
    strictEqual(ran, size);
  },
  implementations: [
    {
      name: "bare",
      note: "a counter: no handles, no cancel",
      async load() {
        return (size) =>
          new Promise((resolve, reject) => {
            let ran = 0;
            let running = size;
            const body = async () => {
              ran += 1;
            };
            const settle = () => --running === 0 && resolve(ran);
            for (let i = 0; i < size; i++) body().then(settle, reject);
          });
      },
    },
    {
      name: "Promise.all",
      note: "for reference: no cancel",
      async load() {
        return async (size) => {
          let ran = 0;
          const body = async () => {
            ran += 1;
          };
          const children = [];
          for (let i = 0; i < size; i++) children.push(body());
          await Promise.all(children);
          return ran;
        };
      },
    },
    {
      name: "raw",
      note: "a task object in its scope's list",
      async load() {
        const { RawGroup } = await import("../raw/task-group.js");
        return async (size) => {
          let ran = 0;
          const body = async () => {
            ran += 1;
          };
          const group = new RawGroup();
          for (let i = 0; i < size; i++) group.spawn(body);
          await group.join();
          return ran;
        };
      },
    },
    {
      name: "weftwork",
      async load() {
        const { withTaskGroup } = await import("../../../dist/index.js");
        return async (size) => {
          let ran = 0;
          const body = async () => {
            ran += 1;
          };
          await withTaskGroup((group) => {
            for (let i = 0; i < size; i++) group.spawn(body);
          });
          return ran;
        };
      },
    },
    {
      name: "effect",
      from: "effect",
      note: "forkChild, joined by awaitAll",
      async load() {
        const Effect = await import("effect/Effect");
        const Fiber = await import("effect/Fiber");
        return (size) => {
          let ran = 0;
          const body = Effect.sync(() => {
            ran += 1;
          });
          const program = Effect.gen(function* () {
            const fibers = [];
            for (let i = 0; i < size; i++) fibers.push(yield* Effect.forkChild(body));
            yield* Fiber.awaitAll(fibers);
            return ran;
          });
          return Effect.runPromise(program);
        };
      },
    },
    {
      name: "effection",
      from: "effection",
      note: "spawn",
      divide: 50,
      async load() {
        const { run, spawn } = await import("effection");
        return (size) => {
          let ran = 0;
          const body = function* () {
            ran += 1;
          };
          return run(function* () {
            const tasks = [];
            for (let i = 0; i < size; i++) tasks.push(yield* spawn(body));
            for (const task of tasks) yield* task;
            return ran;
          });
        };
      },
    },
    python("task_group.py", { note: "TaskGroup" }),
  ],
};
