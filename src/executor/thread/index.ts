/**
 * Worker threads: two rings in shared memory and a port between each and its pool.
 *
 * @module
 */
export { ThreadExecutor, type ThreadExecutorOptions } from "./thread-executor.js";
export { toThread } from "./to-thread.js";
