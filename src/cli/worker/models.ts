/** Where a host runs its tasks. */
export const WORKER_MODELS = ["threads", "processes"] as const;
