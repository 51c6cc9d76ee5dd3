/**
 * One contract for the places that run task functions on one machine: the event loop, worker threads,
 * child processes.
 *
 * @module
 */
export type {
  Executor,
  ExecutorMapOptions,
  ExecutorStats,
  SubmitOptions,
  Task,
  TaskFunction,
  TaskScope,
} from "../task/index.js";
export { defineErrors, type ErrorClass } from "./errors/index.js";
export { InlineExecutor, type InlineExecutorOptions } from "./inline/index.js";
export type { CloseOptions } from "./jobs/index.js";
export { WorkerLostError } from "./pool/index.js";
export { ProcessExecutor, type ProcessExecutorOptions } from "./process/index.js";
export { defineTasks } from "./tasks/index.js";
export { ThreadExecutor, type ThreadExecutorOptions, toThread } from "./thread/index.js";
