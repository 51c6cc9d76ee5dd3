/**
 * Tasks on many machines: an executor that hands them to hosts through a BullMQ queue in Redis or Valkey, and
 * the worker that each host runs. It needs the packages `bullmq` and `ioredis`.
 *
 * @module
 */
export type { ClusterConnection } from "./redis/index.js";
export { ClusterExecutor, type ClusterExecutorOptions } from "./submit/index.js";
export { ClusterWorker, type ClusterWorkerOptions, type ClusterWorkerStats } from "./host/index.js";
