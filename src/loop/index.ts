/**
 * The event loop: how late it is, what blocks it, and how to give it back in time. Needs Node.
 *
 * @module
 */
export { formatStall } from "./format-stall.js";
export type { StallFrame } from "./frame.js";
export {
  type LoopMonitor,
  monitorLoop,
  type MonitorLoopOptions,
  type LoopSnapshot,
} from "./monitor-loop.js";
export type { StalledTask } from "./running-task.js";
export { sliced, type SlicedOptions } from "./sliced.js";
export type { StallKind, StallReport } from "./stall-report.js";
export { type StallWatch, watchStalls, type WatchStallsOptions } from "./watch-stalls.js";
export { watchThisWorker } from "./watch-worker.js";
