import { requireInteger, requirePositive } from "../../../core/index.js";
import type { JobExecutorOptions } from "../../jobs/index.js";
import { type ClusterPlace, type ClusterPlaceOptions, placeOf } from "../redis/index.js";

export interface ClusterExecutorOptions extends JobExecutorOptions, ClusterPlaceOptions {
  /** Most tasks of this executor that run at once; by default as many as the hosts have slots for. */
  readonly limit?: number | undefined;
  /** Hosts end the tasks of a submitter that they have not heard of for so long; 30,000 by default. */
  readonly leaseMs?: number | undefined;
}

/** The options, checked, with their defaults. */
export interface SubmitPlan extends ClusterPlace {
  readonly limit: number;
  readonly leaseMs: number;
}

export function submitPlanOf(options: ClusterExecutorOptions): SubmitPlan {
  const place = placeOf(options);
  const { limit = Infinity, leaseMs = 30_000 } = options;
  requireInteger("limit", limit, 1, true);
  requirePositive("leaseMs", leaseMs);
  return { ...place, limit, leaseMs };
}
