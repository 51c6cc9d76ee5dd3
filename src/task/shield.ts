import {
  CancelledError,
  CancelScope,
  host,
  onlyCancelled,
  requireFunction,
  requireMs,
  scopeOf,
  TimeoutError,
  type Timer,
  type Wait,
} from "../core/index.js";
import type { Body } from "./task.js";

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
  return runShielded(body, scopeOf(options), options.timeoutMs ?? Infinity);
}

async function runShielded<T>(
  body: Body<T>,
  outer: CancelScope | undefined,
  graceMs: number,
): Promise<T> {
  const scope = new CancelScope(outer, true);
  let timer: Timer | undefined;
  let timeout: TimeoutError | undefined;
  const graceEnds = (): void => {
    timeout = new TimeoutError(`the grace of ${graceMs} ms ended before the shielded body did`);
    scope.cancel(new CancelledError(timeout.message, { cause: timeout }));
  };
  const outerCancel = outer?.onCancel(() => {
    if (graceMs !== Infinity) timer = host.startTimer(graceEnds, graceMs);
  });
  try {
    return await body(scope);
  } catch (error) {
    throw timeout !== undefined && onlyCancelled(error, scope) ? timeout : error;
  } finally {
    outerCancel?.[Symbol.dispose]();
    if (timer !== undefined) host.stopTimer(timer);
    scope.end();
  }
}
