import { host, requireFunction, requireMs, scopeOf, type Wait } from "../core/index.js";
import { runTimed, TimerScope, type TimeoutScope } from "./timer-scope.js";

/**
 * Runs `body` with a time limit of `timeoutMs` from now; null sets none, zero or less is a turn of the loop.
 *
 * When the time is up the body's scope is cancelled, and the body is waited for: a value that it still
 * returns is the result.
 *
 * Cancellation: `signal` cancels the body's scope.
 * Errors: `TimeoutError` if the body ended because the time was up; its own error beats that, and so does
 * a cancel from outside.
 *
 * @example
 * const answer = await withTimeout(1_000, async (scope) => {
 *   await sleep(5, scope);
 *   return 42;
 * });
 */
export function withTimeout<T>(
  timeoutMs: number | null,
  body: (scope: TimeoutScope) => T | PromiseLike<T>,
  options?: Wait,
): Promise<T> {
  if (timeoutMs !== null) requireMs("timeoutMs", timeoutMs);
  requireFunction("body", body);
  const outer = scopeOf(options);
  if (outer?.cancelled) return Promise.reject(outer.reason);
  return runTimed(new TimerScope(outer, timeoutMs), body);
}

/**
 * As {@link withTimeout}, with the time when it ends, on the host clock ({@link now}): several steps can
 * share one deadline.
 *
 * Cancellation and errors: as {@link withTimeout}.
 *
 * @example
 * const deadlineMs = now() + 1_000;
 * await withDeadline(deadlineMs, (scope) => sleep(1, scope));
 * await withDeadline(deadlineMs, (scope) => sleep(1, scope));
 */
export function withDeadline<T>(
  deadlineMs: number,
  body: (scope: TimeoutScope) => T | PromiseLike<T>,
  options?: Wait,
): Promise<T> {
  requireMs("deadlineMs", deadlineMs);
  return withTimeout(deadlineMs - host.nowMs(), body, options);
}
