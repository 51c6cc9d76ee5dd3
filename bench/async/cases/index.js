import cancel from "./cancel.js";
import heap from "./heap.js";
import limiter from "./limiter.js";
import lockWaiters from "./lock-waiters.js";
import lock from "./lock.js";
import mapOrdered from "./map-ordered.js";
import map from "./map.js";
import queueHandOver from "./queue-hand-over.js";
import queueIterate from "./queue-iterate.js";
import queueTry from "./queue-try.js";
import queue from "./queue.js";
import spawn from "./spawn.js";

/** @type {import("../../harness/case.js").Case[]} */
export const cases = [
  map,
  mapOrdered,
  limiter,
  lock,
  lockWaiters,
  queue,
  queueHandOver,
  queueTry,
  queueIterate,
  spawn,
  heap,
  cancel,
];
