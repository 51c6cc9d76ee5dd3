import {
  type CancelScope,
  gate,
  hooks,
  host,
  requireMs,
  ScopeMember,
  scopeOf,
  type Timer,
  type Wait,
  type WaitInfo,
} from "../core/index.js";

const SLEEP = { name: "sleep" };

/** A caller that waits for time to pass: it has a timer, and a place in its scope. */
class Sleeper extends ScopeMember implements WaitInfo {
  readonly on = SLEEP.name;
  readonly scope: CancelScope | undefined;
  readonly #resolve: () => void;
  readonly #reject: (reason: unknown) => void;
  readonly #timer: Timer;

  constructor(
    ms: number,
    scope: CancelScope | undefined,
    resolve: () => void,
    reject: (reason: unknown) => void,
  ) {
    super();
    this.scope = scope;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = host.startTimer(() => this.#wake(), ms);
    scope?.register(this);
    hooks.waitBegan?.(this);
  }

  override scopeCancelled(reason: unknown): undefined {
    host.stopTimer(this.#timer);
    hooks.waitEnded?.(this);
    this.#reject(reason);
  }

  #wake(): void {
    this.leave();
    hooks.waitEnded?.(this);
    this.#resolve();
  }
}

/**
 * Waits `ms` milliseconds; zero or less is one turn of the event loop, `Infinity` waits for the cancel.
 *
 * Cancellation: rejects at once with the scope's reason; the timer is gone then.
 * Errors: `RangeError` for NaN.
 *
 * @example
 * await sleep(10);
 */
export function sleep(ms: number, options?: Wait): Promise<void> {
  requireMs("ms", ms);
  const scope = scopeOf(options);
  if (scope?.cancelled) return Promise.reject(scope.reason);
  const woken = new Promise<void>((resolve, reject) => {
    new Sleeper(ms, scope, resolve, reject);
  });
  return gate(woken, SLEEP);
}

/** The host's monotonic clock in milliseconds: what deadlines are on. Its origin means nothing. */
export function now(): number {
  return host.nowMs();
}
