import { Worker } from "node:worker_threads";

/** Starts the other thread of a case; `go(size)` lets it do that much. */
export async function secondThread(workerData) {
  const worker = new Worker(new URL("./other.js", import.meta.url), { workerData });
  const heard = () => new Promise((resolve) => worker.once("message", resolve));
  await heard();
  return {
    worker,
    go: (size) => worker.postMessage(size),
    done: heard,
    close: () => worker.terminate(),
  };
}

export const newWords = () => new Int32Array(new SharedArrayBuffer(256));
