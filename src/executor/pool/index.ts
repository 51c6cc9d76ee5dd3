/**
 * The workers of a thread or process executor: how they start and end, and which of them gets which task.
 *
 * @module
 */
export type { Backend, WorkerEvents, WorkerHandle, WorkerStart } from "./backend.js";
export type { WorkerPoolOptions } from "./pool-options.js";
export { WorkerLostError } from "./worker-lost.js";
export { workerFile } from "./worker-file.js";
export { WorkerPool } from "./worker-pool.js";
export { defaultWorkers } from "./default-workers.js";
