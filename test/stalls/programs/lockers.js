// The worker of a deadlock: takes its lock, and main's when main has that; gives up after a while.
import { parentPort, workerData } from "node:worker_threads";
import { SharedLock } from "weftwork/shared";

const [mine, theirs] = workerData.map((handle) => SharedLock.from(handle));
const guard = mine.acquireSync();
parentPort.postMessage("holds one");
while (!theirs.locked);
try {
  theirs.acquireSync(500);
} catch {
  guard.release();
}
