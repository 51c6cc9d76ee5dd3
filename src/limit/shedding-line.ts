import { type CancelScope, ConcurrencyError, host, type Timer, WaitQueue } from "../core/index.js";

export interface SheddingLineOptions {
  readonly capacity: number;
  readonly intervalMs: number;
  readonly targetMs: number;
}

/**
 * A line in which nobody waits for longer than makes sense.
 *
 * FIFO while it is short. If it has not been empty for `intervalMs`, that is overload: whoever has waited
 * longer than `targetMs` is turned away, and the newest is served first.
 *
 * Invariant: while somebody waits there is a timer, for the time at which the oldest is turned away or earlier.
 */
export class SheddingLine<T> {
  refused = 0;
  readonly #name: string;
  readonly #options: SheddingLineOptions;
  readonly #waiters: WaitQueue<T, number>;
  /** Since when there has been a line. */
  #sinceMs = Infinity;
  #timer: Timer | undefined;

  constructor(name: string, options: SheddingLineOptions) {
    this.#name = name;
    this.#options = options;
    this.#waiters = new WaitQueue(name, () => this.#settle());
  }

  get size(): number {
    return this.#waiters.size;
  }

  /** True if nobody waits whom a grant could still reach. */
  get empty(): boolean {
    return this.#waiters.firstAsk === undefined;
  }

  get overloaded(): boolean {
    return this.size > 0 && host.nowMs() >= this.#sinceMs + this.#options.intervalMs;
  }

  join(scope: CancelScope | undefined): Promise<T> {
    if (this.size >= this.#options.capacity)
      return Promise.reject(this.#refusal(`${this.size} callers wait already`));
    const nowMs = host.nowMs();
    if (this.size === 0) this.#sinceMs = nowMs;
    const granted = this.#waiters.wait(scope, nowMs);
    this.#settle();
    return granted;
  }

  /** Hands `value` to whose turn it is. Returns false, keeping nothing, if there is nobody. */
  wake(value: T): boolean {
    const woken = this.overloaded ? this.#waiters.wakeNewest(value) : this.#waiters.wakeOne(value);
    this.#settle();
    return woken;
  }

  /** When one who came at `sinceMs` has waited for too long, if the line lasts. */
  #dueMs(sinceMs: number): number {
    const { targetMs, intervalMs } = this.#options;
    return Math.max(sinceMs + targetMs, this.#sinceMs + intervalMs);
  }

  /** After a change of the line: turns away who has waited for too long, and sees to the timer. */
  readonly #settle = (): void => {
    let oldestMs: number | undefined;
    while ((oldestMs = this.#waiters.firstAsk) !== undefined) {
      const nowMs = host.nowMs();
      const leftMs = this.#dueMs(oldestMs) - nowMs;
      if (leftMs > 0) {
        this.#timer ??= host.startTimer(this.#onTimer, leftMs);
        return;
      }
      const waitedMs = Math.round(nowMs - oldestMs);
      this.#waiters.failOne(this.#refusal(`nothing was free for ${waitedMs} ms`));
    }
    this.#sinceMs = Infinity;
    if (this.#timer !== undefined) host.stopTimer(this.#timer);
    this.#timer = undefined;
  };

  readonly #onTimer = (): void => {
    this.#timer = undefined;
    this.#settle();
  };

  #refusal(why: string): ConcurrencyError {
    this.refused += 1;
    return new ConcurrencyError("OVERLOADED", `${this.#name} is overloaded: ${why}`);
  }
}
