import {
  CancelledError,
  CancelScope,
  ConcurrencyError,
  host,
  onlyCancelled,
  requireFunction,
  requireMs,
  type Scope,
  scopeOf,
  TimeoutError,
  type Timer,
  type Wait,
} from "../core/index.js";

/** The scope of a body that has a time limit. */
export interface TimeoutScope extends Scope {
  /** True if the timer ran out before any other cancel. */
  readonly expired: boolean;
  /**
   * Sets the limit anew, counted from now; null takes it off.
   *
   * Errors: `CLOSED` if it has expired or the body has ended.
   */
  reschedule(timeoutMs: number | null): void;
}

class TimerScope extends CancelScope implements TimeoutScope {
  #timer: Timer | undefined;
  #ended = false;
  #timeout: TimeoutError | undefined;

  constructor(outer: CancelScope | undefined, timeoutMs: number | null) {
    super(outer);
    this.#start(timeoutMs);
  }

  get expired(): boolean {
    return this.#timeout !== undefined;
  }

  reschedule(timeoutMs: number | null): void {
    if (timeoutMs !== null) requireMs("timeoutMs", timeoutMs);
    if (this.expired || this.#ended) {
      throw new ConcurrencyError(
        "CLOSED",
        `reschedule() on a timeout that has ${this.expired ? "expired" : "ended"}`,
      );
    }
    this.#stop();
    this.#start(timeoutMs);
  }

  /** What the boundary throws for the body's error: its own, unless that only says that it was cancelled. */
  verdict(error: unknown): unknown {
    if (!onlyCancelled(error, this)) return error;
    if (this.parent?.cancelled) return this.parent.reason;
    return this.#timeout ?? error;
  }

  override end(): void {
    this.#ended = true;
    this.#stop();
    super.end();
  }

  #start(timeoutMs: number | null): void {
    if (timeoutMs === null || timeoutMs === Infinity) return;
    this.#timer = host.startTimer(() => this.#expire(timeoutMs), timeoutMs);
  }

  #stop(): void {
    if (this.#timer !== undefined) host.stopTimer(this.#timer);
    this.#timer = undefined;
  }

  #expire(timeoutMs: number): void {
    this.#timer = undefined;
    if (this.cancelled) return;
    this.#timeout = new TimeoutError(`timed out after ${Math.round(timeoutMs)} ms`);
    // Inside it looks like any other cancel, so that no inner catch can mistake it for its own timeout.
    this.cancel(new CancelledError(this.#timeout.message, { cause: this.#timeout }));
  }
}

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

async function runTimed<T>(
  scope: TimerScope,
  body: (scope: TimeoutScope) => T | PromiseLike<T>,
): Promise<T> {
  try {
    return await body(scope);
  } catch (error) {
    throw scope.verdict(error);
  } finally {
    scope.end();
  }
}
