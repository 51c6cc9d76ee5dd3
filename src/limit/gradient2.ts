import { requirePositive, requireThat } from "../core/index.js";
import type { LimitRule } from "./limit-rule.js";

export interface Gradient2Options {
  /** How much slower than usual is still well; 1.5 by default. */
  readonly tolerance?: number;
  /** How many may wait further down without the limit falling; 4 by default. */
  readonly slack?: number;
  /** Over how many samples the usual latency is averaged; 600 by default. */
  readonly window?: number;
}

/** How much of a new estimate counts at once. */
const WEIGHT = 0.2;

/**
 * Holds latency near what it usually is: the rule for a service whose bottleneck is elsewhere.
 *
 * The limit is scaled by the ratio of the usual latency, a slow average, to the last one, and a slack is
 * added, without which it could never grow. (The Gradient2 limit of Netflix's concurrency-limits, 2018,
 * after the window of TCP Vegas.)
 *
 * @example
 * const limiter = new AdaptiveLimiter({ target: gradient2(), max: 200 });
 * await limiter.run(async () => {});
 */
export function gradient2(options: Gradient2Options = {}): LimitRule {
  const { tolerance = 1.5, slack = 4, window = 600 } = options;
  requireThat(tolerance >= 1, "tolerance", "a number >= 1", tolerance);
  requirePositive("slack", slack);
  requirePositive("window", window);
  let usualMs = 0;
  let seen = 0;
  return {
    update(limit, { latencyMs, running, overloaded }) {
      const lastMs = Math.max(latencyMs, 1e-3);
      seen = Math.min(seen + 1, window); // at first a plain mean, so that the first sample is not law
      usualMs += (lastMs - usualMs) / seen;
      // After a long overload the average is high; without this it would call that usual.
      if (usualMs / lastMs > 2) usualMs *= 0.95;
      if (!overloaded && running * 2 < limit) return limit;
      const gradient = overloaded
        ? 0.5
        : Math.max(0.5, Math.min(1, (tolerance * usualMs) / lastMs));
      const wanted = limit * gradient + (overloaded ? 0 : slack);
      return limit + (wanted - limit) * WEIGHT;
    },
  };
}
