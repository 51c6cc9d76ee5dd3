import {
  CancelledError,
  CancelScope,
  ConcurrencyError,
  host,
  onlyCancelled,
  requireMs,
  type Scope,
  TimeoutError,
  type Timer,
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

/** A scope with a timer, below `outer` or shielded from it. */
export class TimerScope extends CancelScope implements TimeoutScope {
  #timer: Timer | undefined;
  #ended = false;
  #timeout: TimeoutError | undefined;

  constructor(outer: CancelScope | undefined, timeoutMs: number | null, shielded = false) {
    super(outer, shielded);
    this.#start(timeoutMs);
  }

  get expired(): boolean {
    return this.#timeout !== undefined;
  }

  reschedule(timeoutMs: number | null): void {
    if (timeoutMs !== null) requireMs("timeoutMs", timeoutMs);
    if (this.expired || this.#ended)
      throw new ConcurrencyError("CLOSED", "reschedule() on a timeout, which is over");
    this.#stop();
    this.#start(timeoutMs);
  }

  /** What the boundary throws for the body's error: its own, unless that only says that it was cancelled. */
  verdict(error: unknown): unknown {
    if (!onlyCancelled(error, this)) return error;
    if (this.parent?.cancelled && !this.shielded) return this.parent.reason;
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
    this.#timeout = new TimeoutError(`timed out after ${Math.max(0, Math.round(timeoutMs))} ms`);
    // Inside it looks like any other cancel, so that no inner catch can mistake it for its own timeout.
    this.cancel(new CancelledError(this.#timeout.message, { cause: this.#timeout }));
  }
}

/** Runs `body` in `scope` and decides what the boundary of the timer rejects with. */
export async function runTimed<T>(
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
