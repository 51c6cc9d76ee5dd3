import {
  DONE,
  gate,
  host,
  label,
  requireInteger,
  requirePositive,
  scopeOf,
  type Timer,
  type Wait,
  WaitQueue,
} from "../core/index.js";

export interface RateLimiterOptions {
  /** How many acquires per `perMs`, in the long run. */
  readonly permits: number;
  /** The period of `permits`, in milliseconds. */
  readonly perMs: number;
  /** How many may go at once after a quiet time; `permits` by default, 1 spaces them evenly. */
  readonly burst?: number;
  /** For messages and traces. */
  readonly name?: string;
}

export interface RateLimiterStats {
  /** Acquires that would go through now. */
  readonly available: number;
  readonly waiting: number;
}

/** Clocks are floating point: a due time may come out a hair in the future. */
const HAIR_MS = 1e-6;

/**
 * Lets `permits` callers per `perMs` through, in FIFO order; a token bucket of size `burst`.
 *
 * In any stretch of t milliseconds at most `burst + t * permits / perMs` go through.
 *
 * It is kept as one number, the generic cell rate algorithm (ITU-T I.371): the time at which the bucket
 * would be full again. Nothing ticks; there is one timer while somebody waits.
 *
 * @example
 * const limiter = new RateLimiter({ permits: 100, perMs: 1_000 });
 * await limiter.acquire();
 */
export class RateLimiter {
  readonly #intervalMs: number;
  readonly #burst: number;
  readonly #waiters: WaitQueue;
  #fullAtMs = -Infinity;
  #timer: Timer | undefined;

  constructor({ permits, perMs, burst = permits, name }: RateLimiterOptions) {
    requireInteger("permits", permits, 1);
    requirePositive("perMs", perMs);
    requireInteger("burst", burst, 1);
    this.#intervalMs = perMs / permits;
    this.#burst = burst;
    this.#waiters = new WaitQueue(label("rate limiter", name), () => this.#stopIfIdle());
  }

  /** Goes through if that is allowed now and nobody waits; never waits. */
  tryAcquire(): boolean {
    if (this.#waiters.size > 0 || this.#waitMs() > HAIR_MS) return false;
    this.#take();
    return true;
  }

  /**
   * Waits for the caller's turn to go through.
   *
   * Cancellation: rejects with the scope's reason, and uses nothing up.
   */
  acquire(options?: Wait): Promise<void> {
    const scope = scopeOf(options);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    if (this.tryAcquire()) return gate(DONE, this.#waiters);
    const turn = this.#waiters.wait(scope);
    this.#timer ??= host.startTimer(this.#grant, this.#waitMs());
    return turn;
  }

  /** A snapshot; it is stale once you `await`. */
  stats(): RateLimiterStats {
    const filledMs = Math.max(0, this.#fullAtMs - host.nowMs());
    const available = Math.floor(this.#burst - filledMs / this.#intervalMs + HAIR_MS);
    return { available: Math.max(0, available), waiting: this.#waiters.size };
  }

  /** How long until the bucket holds a token; it does if that is a hair or less. */
  #waitMs(): number {
    return this.#fullAtMs - (this.#burst - 1) * this.#intervalMs - host.nowMs();
  }

  #take(): void {
    this.#fullAtMs = Math.max(this.#fullAtMs, host.nowMs()) + this.#intervalMs;
  }

  // A timer may fire early by the platform clock's rounding: look again, don't assume.
  readonly #grant = (): void => {
    this.#timer = undefined;
    while (this.#waitMs() <= HAIR_MS && this.#waiters.wakeOne()) this.#take();
    if (this.#waiters.size > 0) this.#timer = host.startTimer(this.#grant, this.#waitMs());
  };

  #stopIfIdle(): void {
    if (this.#waiters.size > 0 || this.#timer === undefined) return;
    host.stopTimer(this.#timer);
    this.#timer = undefined;
  }
}
