// A main thread that blocks for a lock which a worker holds.
import { Worker } from "node:worker_threads";
import { allowBlockingMain, SharedLock } from "weftwork/shared";
import { blamed, pause, watching } from "./kit.js";

const HOLDS = `
  const { parentPort, workerData } = require("node:worker_threads");
  import(workerData.url).then(({ SharedLock }) => {
    const lock = SharedLock.from(workerData.lock);
    parentPort.on("message", () => {
      const guard = lock.acquireSync();
      parentPort.postMessage("held");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
      guard.release();
    });
  });
`;
const lock = new SharedLock({ name: "accounts" });
const workerData = { url: import.meta.resolve("weftwork/shared"), lock: lock.handle() };
const worker = new Worker(HOLDS, { eval: true, workerData });
allowBlockingMain();

function waitsForAccounts() {
  lock.acquireSync().release();
}

await watching(async () => {
  worker.postMessage("hold it");
  await new Promise((resolve) => worker.once("message", resolve));
  await pause(1);
  waitsForAccounts();
}, blamed("waitsForAccounts"));
await worker.terminate();
