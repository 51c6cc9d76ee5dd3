import { type CancelScope, requireFunction, requireMs, scopeOf, type Wait } from "../core/index.js";
import type { Body } from "./task.js";
import { runTimed, TimerScope } from "./timer-scope.js";

export interface ShieldOptions extends Wait {
  /** How long the body may go on after the outer cancel; without it, as long as it takes. */
  readonly timeoutMs?: number;
}

/**
 * Runs `body` out of reach of the outer cancel, and waits for it: for what must not stop half way.
 *
 * Its value is the result though the outer scope was cancelled meanwhile, or even before: shield runs its
 * body all the same.
 *
 * Cancellation: `signal` is only the start of the grace `timeoutMs`. When that ends the body is cancelled,
 * and still waited for.
 * Errors: the body's own; `TimeoutError` if it ended only because its grace did.
 *
 * @example
 * await withTaskGroup(async (group) => {
 *   group.spawn(async (scope) => {
 *     await shield(() => sleep(5), { signal: scope.signal, timeoutMs: 1_000 });
 *   });
 * });
 */
export function shield<T>(body: Body<T>, options: ShieldOptions = {}): Promise<T> {
  requireFunction("body", body);
  if (options.timeoutMs !== undefined) requireMs("timeoutMs", options.timeoutMs);
  return runShielded(body, scopeOf(options), options.timeoutMs ?? null);
}

/** A shield is a timeout that the outer cancel sets going. */
function runShielded<T>(
  body: Body<T>,
  outer: CancelScope | undefined,
  graceMs: number | null,
): Promise<T> {
  const scope = new TimerScope(outer, null, true);
  const outerCancel = outer?.onCancel(() => scope.reschedule(graceMs));
  return runTimed(scope, async (scope) => {
    try {
      return await body(scope);
    } finally {
      outerCancel?.[Symbol.dispose](); // before the scope ends: an ended timer can't be set going
    }
  });
}
