/**
 * The event loop as a place to run tasks.
 *
 * @module
 */
export { InlineExecutor, type InlineExecutorOptions } from "./inline-executor.js";
