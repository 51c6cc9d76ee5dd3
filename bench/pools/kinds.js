/** Who is compared, threads and processes. @typedef {import("./pool.js").PoolKind} PoolKind */

/** @type {PoolKind} */
export const ring = {
  name: "raw",
  note: "a ring in shared memory; numbers only, no cancel",
  load: () => import("./raw/ring.js"),
};

/** @type {PoolKind} */
export const postMessage = {
  name: "postMessage",
  note: "one message per task, by hand",
  load: () => import("./raw/post-message.js"),
};

/** @type {PoolKind} */
export const ours = {
  name: "weftwork",
  executor: "ThreadExecutor",
  load: () => import("./peers/weftwork.js"),
  options: { executor: "ThreadExecutor" },
};

const piscina = { from: "piscina", load: () => import("./peers/piscina.js") };
const tinypool = { from: "tinypool", load: () => import("./peers/tinypool.js") };
const workerpool = { from: "workerpool", load: () => import("./peers/workerpool.js") };
const jestWorker = { from: "jest-worker", load: () => import("./peers/jest-worker.js") };
const MANY = { options: { tasksPerWorker: 64 }, note: "64 tasks per worker" };

/** @type {PoolKind[]} */
export const threadPools = [
  { ...piscina, name: "piscina" },
  { ...piscina, name: "piscina 64", ...MANY },
  { ...tinypool, name: "tinypool" },
  { ...tinypool, name: "tinypool 64", ...MANY },
  { ...workerpool, name: "workerpool", options: { type: "thread" } },
  { name: "poolifier", from: "poolifier", load: () => import("./peers/poolifier.js") },
  { ...jestWorker, name: "jest-worker", options: { threads: true } },
  {
    name: "multithreading",
    from: "multithreading",
    note: "sends the function's text with each task",
    needsNode: 21,
    load: () => import("./peers/multithreading.js"),
  },
];

/** @type {PoolKind} */
export const forkBatched = {
  name: "raw",
  note: "fork, JSON, a batch per microtask; no cancel",
  load: () => import("./raw/fork-batched.js"),
};

/** @type {PoolKind} */
export const oursInProcesses = {
  name: "weftwork",
  executor: "ProcessExecutor",
  load: () => import("./peers/weftwork.js"),
  options: { executor: "ProcessExecutor" },
};

/** @type {PoolKind[]} */
export const processPools = [
  { ...workerpool, name: "workerpool", options: { type: "process" } },
  { ...jestWorker, name: "jest-worker", options: { threads: false } },
];

/** `kinds` without those named: for what they can't do. */
export const without = (kinds, ...names) => kinds.filter(({ name }) => !names.includes(name));
