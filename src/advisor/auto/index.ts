/**
 * An executor that decides for itself where its tasks run.
 *
 * @module
 */
export { AutoExecutor, type AutoStats } from "./auto-executor.js";
export type { AutoExecutorOptions } from "./auto-options.js";
export type { Decision } from "./decide.js";
