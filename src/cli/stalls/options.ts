import { type Arguments, durationOf } from "../args/index.js";
import { usageError } from "../cli-error.js";

/** Of a watch that was asked for. */
export interface StallOptions {
  readonly thresholdMs: number;
}

/** What the flags say; undefined if nothing is to be watched. */
export function stallOptionsOf(args: Arguments): StallOptions | undefined {
  const thresholdMs = durationOf(args, "stall-threshold");
  if (!args.has("watch-stalls")) {
    if (thresholdMs !== undefined) throw usageError("--stall-threshold needs --watch-stalls");
    return undefined;
  }
  if (thresholdMs !== undefined && thresholdMs < 10)
    throw usageError(`--stall-threshold must be at least 10ms, got ${args.get("stall-threshold")}`);
  return { thresholdMs: thresholdMs ?? 50 };
}
