/**
 * weftwork's front door: structured concurrency on one event loop, in any JavaScript runtime.
 *
 * - `task`: task groups, timeouts, shield, combinators, `sleep`, `runMain`
 * - `sync`: `Lock`, `RwLock`, `Semaphore`, `Condition`, `AsyncEvent`, `Barrier`
 * - `queue`: `Queue`, `PriorityQueue`, `LifoQueue`
 * - `limit`: `RateLimiter`, `KeyedLimiter`, `AdaptiveLimiter`
 * - `pipeline`: `mapConcurrent`, `forEachConcurrent`, `pipeline`
 *
 * @module
 */
export {
  CancelledError,
  ConcurrencyError,
  type ErrorCode,
  leaves,
  type Permit,
  type Scope,
  TaskGroupError,
  TimeoutError,
  type Wait,
} from "./core/index.js";
export * from "./limit/index.js";
export * from "./pipeline/index.js";
export * from "./queue/index.js";
export * from "./sync/index.js";
export * from "./task/index.js";
