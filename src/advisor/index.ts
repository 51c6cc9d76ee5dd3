/**
 * Which model is best for a function, measured: async work on the event loop, worker threads, or child
 * processes.
 *
 * @module
 */
export type { Advice, Forecast, Model, TaskClass } from "./advice.js";
export { advise, type AdviseOptions } from "./advise.js";
export {
  AutoExecutor,
  type AutoExecutorOptions,
  type AutoStats,
  type Decision,
} from "./auto/index.js";
export { formatAdvice } from "./format-advice.js";
export type { Machine, WorkerCosts } from "./machine.js";
export type { Profile, Transfer } from "./profile.js";
