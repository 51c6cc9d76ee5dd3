/**
 * The side of a cluster that has tasks: how they are put into parcels and sent, and how what hosts tell of
 * them comes back.
 *
 * @module
 */
export { ClusterExecutor } from "./cluster-executor.js";
export { callOnCluster } from "./pack-run.js";
export type { ClusterExecutorOptions } from "./options.js";
