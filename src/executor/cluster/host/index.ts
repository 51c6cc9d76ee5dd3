/**
 * The side of a cluster that has workers: takes parcels from the queue, runs their tasks in threads or processes of
 * this machine, and tells their submitters.
 *
 * @module
 */
export { ClusterWorker } from "./cluster-worker.js";
export type { ClusterWorkerOptions } from "./options.js";
export type { ClusterWorkerStats } from "./stats.js";
