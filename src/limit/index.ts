/**
 * Limits on how often, on how many at once for each key, and on how many at once as the load allows.
 *
 * @module
 */
export {
  AdaptiveLimiter,
  type AdaptiveLimiterOptions,
  type AdaptiveLimiterStats,
  type AdaptivePermit,
} from "./adaptive-limiter.js";
export { aimd, type AimdOptions } from "./aimd.js";
export { gradient2, type Gradient2Options } from "./gradient2.js";
export { KeyedLimiter, type KeyedLimiterOptions, type KeyedLimiterStats } from "./keyed-limiter.js";
export { RateLimiter, type RateLimiterOptions, type RateLimiterStats } from "./rate-limiter.js";
export type { LimitRule, LimitSample } from "./limit-rule.js";
export { vegas, type VegasOptions } from "./vegas.js";
