/**
 * Child processes: a pipe and a shared file between each and its pool.
 *
 * @module
 */
export { ProcessExecutor, type ProcessExecutorOptions } from "./process-executor.js";
