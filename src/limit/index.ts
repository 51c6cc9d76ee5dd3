/**
 * Limits on how often, and on how many at once for each key.
 *
 * @module
 */
export { KeyedLimiter, type KeyedLimiterOptions, type KeyedLimiterStats } from "./keyed-limiter.js";
export { RateLimiter, type RateLimiterOptions, type RateLimiterStats } from "./rate-limiter.js";
