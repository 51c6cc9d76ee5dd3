export interface ClusterWorkerStats {
  /** Parcels that run here now. */
  readonly parcels: number;
  /** Most that would. */
  readonly slots: number;
  /** Tasks in the workers, and waiting for one. */
  readonly running: number;
  readonly waiting: number;
  readonly completed: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Parcels that were lost to another host, or given back. */
  readonly abandoned: number;
  /** True if Redis is there, and it takes parcels. */
  readonly ready: boolean;
}
