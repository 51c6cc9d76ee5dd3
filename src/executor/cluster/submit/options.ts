import { requireInteger, requirePositive, requireThat } from "../../../core/index.js";
import type { JobExecutorOptions } from "../../jobs/index.js";
import { type ClusterPlace, type ClusterPlaceOptions, placeOf } from "../redis/index.js";

/** It is renewed each second. */
const LEAST_LEASE_MS = 3_000;

export interface ClusterExecutorOptions extends JobExecutorOptions, ClusterPlaceOptions {
  /** Most tasks of this executor that run at once; by default as many as the hosts have slots for. */
  readonly limit?: number | undefined;
  /** Hosts end the tasks of a submitter that they have not heard of for so long; 30,000 by default, 3,000 at least. */
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
  requireThat(leaseMs >= LEAST_LEASE_MS, "leaseMs", `at least ${LEAST_LEASE_MS}`, leaseMs);
  return { ...place, limit, leaseMs };
}
