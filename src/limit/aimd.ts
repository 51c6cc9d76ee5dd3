import { host, requirePositive, requireThat } from "../core/index.js";
import type { LimitRule } from "./limit-rule.js";

export interface AimdOptions {
  /** What tells the delay of the event loop now, such as a `LoopMonitor` of `weftwork/loop`. */
  readonly delay: { readonly delayMs: number };
  /** The delay above which the limit is cut. */
  readonly targetMs?: number;
  /** At most one cut in so long: a cut shows only when what runs has ended. */
  readonly cutEveryMs?: number;
}

/** What a cut leaves of the limit. */
const KEPT = 0.9;

/**
 * Holds the delay of the event loop near `targetMs` (10): the rule for a server whose own processor is the
 * bottleneck.
 *
 * Additive increase, multiplicative decrease, as in TCP: one more for each limit's worth of releases while
 * the limit is in use, a tenth less when the loop is late or a holder reports overload. (Chiu and Jain,
 * "Analysis of the increase and decrease algorithms for congestion avoidance", 1989; Jacobson, "Congestion
 * avoidance and control", 1988.)
 *
 * @example
 * const late = { delayMs: 0 }; // in a server: monitorLoop() of weftwork/loop
 * const limiter = new AdaptiveLimiter({ target: aimd({ delay: late, targetMs: 10 }) });
 * await limiter.run(async () => {});
 */
export function aimd({ delay, targetMs = 10, cutEveryMs = 100 }: AimdOptions): LimitRule {
  requireThat(typeof delay?.delayMs === "number", "delay", "something with a delayMs", delay);
  requirePositive("targetMs", targetMs);
  requirePositive("cutEveryMs", cutEveryMs);
  let lastCutMs = -Infinity;
  return {
    update(limit, { running, overloaded }) {
      if (!overloaded && delay.delayMs <= targetMs)
        return running * 2 < limit ? limit : limit + 1 / limit; // unused, a higher one proves nothing
      const nowMs = host.nowMs();
      if (nowMs - lastCutMs < cutEveryMs) return limit;
      lastCutMs = nowMs;
      return limit * KEPT;
    },
  };
}
