import { ok } from "node:assert";
import { setImmediate as turn } from "node:timers/promises";
import { python } from "../../harness/case.js";

const never = new Promise(() => {});
const waitForever = async (_scope) => {
  await never;
};

function withResolvers() {
  let resolve;
  const promise = new Promise((settle) => (resolve = settle));
  return { promise, resolve };
}

/** Heap in use when only what lives is left. */
async function heapUsed() {
  await turn();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Lets `spawnAll` start `size` children that live on, and gives the bytes that each takes. */
async function bytesPerChild(size, spawnAll) {
  const before = await heapUsed();
  const owner = await spawnAll(size);
  const after = await heapUsed();
  ok(owner); // reachable until here
  return (after - before) / size;
}

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "heap",
  title: "heap of a live child that waits on a promise",
  unit: "bytes",
  size: 100_000,
  smokeSize: 1_000,
  check(bytes) {
    ok(bytes > 0, `a child took ${bytes} bytes`);
  },
  figure: (bytes) => bytes,
  implementations: [
    {
      name: "raw",
      note: "a task object in its scope's list",
      async load() {
        const { RawGroup } = await import("../raw/task-group.js");
        return (size) =>
          bytesPerChild(size, () => {
            const group = new RawGroup();
            for (let i = 0; i < size; i++) group.spawn(waitForever);
            return group;
          });
      },
    },
    {
      name: "weftwork",
      async load() {
        const { TaskGroup } = await import("../../../dist/index.js");
        return (size) =>
          bytesPerChild(size, () => {
            const group = new TaskGroup();
            for (let i = 0; i < size; i++) group.spawn(waitForever);
            return group;
          });
      },
    },
    {
      name: "controllers",
      note: "an AbortController per child",
      async load() {
        return (size) =>
          bytesPerChild(size, () => {
            const children = [];
            for (let i = 0; i < size; i++) {
              const controller = new AbortController();
              const promise = waitForever({ signal: controller.signal });
              children.push({ controller, promise });
            }
            return children;
          });
      },
    },
    {
      name: "effect",
      from: "effect",
      note: "forkChild(Effect.promise)",
      async load() {
        const Effect = await import("effect/Effect");
        return forkAndWait(
          Effect,
          Effect.promise(() => never),
        );
      },
    },
    {
      name: "effect never",
      from: "effect",
      note: "forkChild(Effect.never): waits on nothing",
      async load() {
        const Effect = await import("effect/Effect");
        return forkAndWait(Effect, Effect.never);
      },
    },
    {
      name: "effection",
      from: "effection",
      note: "spawn",
      divide: 10,
      async load() {
        const { run, spawn, suspend, until } = await import("effection");
        const body = () => until(never);
        return (size) =>
          bytesPerChild(size, async () => {
            const { promise, resolve: started } = withResolvers();
            const parent = run(function* () {
              for (let i = 0; i < size; i++) yield* spawn(body);
              started();
              yield* suspend();
            });
            await promise;
            return { parent };
          });
      },
    },
    python("live_children.py", { note: "TaskGroup; by tracemalloc" }),
  ],
};

const forkAndWait = (Effect, body) => (size) =>
  bytesPerChild(size, async () => {
    const { promise, resolve: started } = withResolvers();
    const program = Effect.gen(function* () {
      for (let i = 0; i < size; i++) yield* Effect.forkChild(body);
      started();
      yield* Effect.never;
    });
    const parent = Effect.runFork(program);
    await promise;
    return { parent };
  });
