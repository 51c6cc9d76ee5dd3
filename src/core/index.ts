/**
 * The kit for writing one's own primitive: the host (clock, timers, turns, chance), cancellation scopes,
 * the wait queue that everything blocks on, errors and hooks.
 *
 * @module
 */
export { CancelScope, NamedScope } from "./cancel-scope.js";
export {
  requireFunction,
  requireInteger,
  requireIterable,
  requireMs,
  requirePositive,
  requireThat,
} from "./check.js";
export { DONE, END } from "./answers.js";
export {
  CancelledError,
  ConcurrencyError,
  leaves,
  messageOf,
  TaskGroupError,
  TimeoutError,
  type ErrorCode,
} from "./errors.js";
export { Failures } from "./failures.js";
export { hooks, listen, type Hooks, type TaskInfo, type WaitInfo } from "./hooks.js";
export { gate, host, installHost, realHost, type Host, type Named, type Timer } from "./host.js";
export { label } from "./label.js";
export { onlyCancelled } from "./only-cancelled.js";
export type { Permit } from "./permit.js";
export { ScopeFacade, type StandIn } from "./scope-facade.js";
export type { Scope, Wait } from "./scope.js";
export { ScopeMember } from "./scope-member.js";
export { scopeOf } from "./signal-scope.js";
export { WaitQueue } from "./wait-queue.js";
