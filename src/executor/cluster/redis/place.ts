import { requireInteger, requireMs, requireThat } from "../../../core/index.js";
import { type ClusterConnection, requireConnection } from "./connection.js";

/** Where those who have tasks and those who have workers meet: what both say alike. */
export interface ClusterPlaceOptions {
  /** Where Redis is. */
  readonly connection: ClusterConnection;
  /** The name of the BullMQ queue. */
  readonly queue: string;
  /** What all keys in Redis begin with; `bull` by default, as BullMQ and its dashboards have it. */
  readonly prefix?: string | undefined;
  /** How long Redis may take to answer at first; 5,000 by default. */
  readonly connectTimeoutMs?: number | undefined;
  /**
   * How long Redis may be gone, full or read-only before a submitter's tasks fail with `BROKEN`, and a host ends
   * what it runs; 60,000 by default.
   */
  readonly outageMs?: number | undefined;
  /** The longest input, or output, that is sent, as text; 16 MiB by default. */
  readonly maxPayloadBytes?: number | undefined;
}

/** The same, checked, with the defaults. */
export interface ClusterPlace {
  readonly connection: ClusterConnection;
  readonly queue: string;
  readonly prefix: string;
  readonly connectTimeoutMs: number;
  readonly outageMs: number;
  readonly maxPayloadBytes: number;
}

const MOST_PAYLOAD_BYTES = 16 * 2 ** 20;

export function placeOf(options: ClusterPlaceOptions): ClusterPlace {
  requireThat(typeof options === "object" && options !== null, "options", "an object", options);
  const { connection, queue, prefix = "bull", maxPayloadBytes = MOST_PAYLOAD_BYTES } = options;
  const { connectTimeoutMs = 5_000, outageMs = 60_000 } = options;
  requireConnection(connection);
  requireName("queue", queue);
  requireName("prefix", prefix);
  requireMs("connectTimeoutMs", connectTimeoutMs);
  requireMs("outageMs", outageMs);
  requireInteger("maxPayloadBytes", maxPayloadBytes, 1);
  return { connection, queue, prefix, connectTimeoutMs, outageMs, maxPayloadBytes };
}

/** Throws unless BullMQ can make keys of it. */
function requireName(option: string, name: unknown): void {
  const isName = typeof name === "string" && /^[^:\s]+$/.test(name);
  requireThat(isName, option, "a name without colons and spaces", name);
}
