import { requireInteger, requireMs, requirePositive, requireThat } from "../../../core/index.js";
import type { JobExecutorOptions } from "../../jobs/index.js";
import { type ClusterConnection, requireConnection } from "../redis/index.js";

export interface ClusterExecutorOptions extends JobExecutorOptions {
  /** Where Redis is. */
  readonly connection: ClusterConnection;
  /** The name of the BullMQ queue that the hosts serve. */
  readonly queue: string;
  /** What all keys in Redis begin with; `bull` by default, as BullMQ and its dashboards have it. */
  readonly prefix?: string | undefined;
  /** Most tasks of this executor that run at once; by default as many as the hosts have slots for. */
  readonly limit?: number | undefined;
  /** How long Redis may take to answer at first; 5,000 by default. */
  readonly connectTimeoutMs?: number | undefined;
  /** How long Redis may be gone, full or read-only before all tasks fail with `BROKEN`; 60,000 by default. */
  readonly outageMs?: number | undefined;
  /** Hosts end the tasks of a submitter that they have not heard of for so long; 30,000 by default. */
  readonly leaseMs?: number | undefined;
  /** The longest input that is sent, as text; 16 MiB by default. */
  readonly maxPayloadBytes?: number | undefined;
}

/** The options, checked, with their defaults. */
export interface SubmitPlan {
  readonly connection: ClusterConnection;
  readonly queue: string;
  readonly prefix: string;
  readonly limit: number;
  readonly connectTimeoutMs: number;
  readonly outageMs: number;
  readonly leaseMs: number;
  readonly maxPayloadBytes: number;
}

const MOST_PAYLOAD_BYTES = 16 * 2 ** 20;

/** Throws unless BullMQ can have a queue of this name. */
export function requireQueue(queue: unknown, prefix: unknown): void {
  const isName = (text: unknown): boolean => typeof text === "string" && /^[^:\s]+$/.test(text);
  requireThat(isName(queue), "queue", "a name without colons and spaces", queue);
  requireThat(isName(prefix), "prefix", "a name without colons and spaces", prefix);
}

export function submitPlanOf(options: ClusterExecutorOptions): SubmitPlan {
  requireThat(typeof options === "object" && options !== null, "options", "an object", options);
  const {
    connection,
    queue,
    prefix = "bull",
    limit = Infinity,
    connectTimeoutMs = 5_000,
    outageMs = 60_000,
    leaseMs = 30_000,
    maxPayloadBytes = MOST_PAYLOAD_BYTES,
  } = options;
  requireConnection(connection);
  requireQueue(queue, prefix);
  requireInteger("limit", limit, 1, true);
  requireMs("connectTimeoutMs", connectTimeoutMs);
  requireMs("outageMs", outageMs);
  requirePositive("leaseMs", leaseMs);
  requireInteger("maxPayloadBytes", maxPayloadBytes, 1);
  return {
    connection,
    queue,
    prefix,
    limit,
    connectTimeoutMs,
    outageMs,
    leaseMs,
    maxPayloadBytes,
  };
}
