import { host, requirePositive } from "../core/index.js";
import type { LimitRule } from "./limit-rule.js";

export interface VegasOptions {
  /** How many limits' worth of samples the lowest latency counts before it is measured anew; 30 by default. */
  readonly probeEvery?: number;
}

/**
 * Holds the queue further down short: the rule for a service whose latency without load is steady.
 *
 * With the lowest latency seen as that of an idle service, `limit * (1 - lowest / last)` of the holders are
 * waiting somewhere. If they are fewer than three orders of magnitude of the limit, it grows, and if more
 * than six, it falls, by one order of magnitude. (Brakmo, O'Malley and Peterson, "TCP Vegas", 1994; the
 * logarithmic steps are those of Netflix's concurrency-limits.)
 *
 * @example
 * const limiter = new AdaptiveLimiter({ target: vegas(), max: 200 });
 * await limiter.run(async () => {});
 */
export function vegas({ probeEvery = 30 }: VegasOptions = {}): LimitRule {
  requirePositive("probeEvery", probeEvery);
  let lowestMs = Infinity;
  let untilProbe = Infinity;
  return {
    update(limit, { latencyMs, running, overloaded }) {
      const lastMs = Math.max(latencyMs, 1e-3);
      untilProbe -= 1;
      // Not all limiters at the same time: they would all measure each other's probes.
      if (untilProbe <= 0 || lowestMs === Infinity) {
        untilProbe = limit * probeEvery * (0.5 + host.random());
        lowestMs = lastMs;
        return limit;
      }
      lowestMs = Math.min(lowestMs, lastMs);
      const step = Math.max(1, Math.log10(limit));
      if (overloaded) return limit - step;
      if (running * 2 < limit) return limit;
      const queued = Math.ceil(limit * (1 - lowestMs / lastMs));
      if (queued <= step) return limit + 6 * step; // nothing waits: far below what it can take
      if (queued < 3 * step) return limit + step;
      return queued > 6 * step ? limit - step : limit;
    },
  };
}
