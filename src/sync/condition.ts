import { requireFunction, requireInteger, scopeOf, type Wait, WaitQueue } from "../core/index.js";
import { type Lock, suspend } from "./lock.js";

/**
 * Lets the holder of a lock wait until somebody, holding it too, says that things have changed.
 *
 * While a caller waits, the lock is free for others; when the wait ends the caller holds it again, by the
 * same permit, whether it was notified or cancelled.
 *
 * @example
 * const lock = new Lock();
 * const changed = new Condition(lock);
 * let ready = false;
 * const waiting = lock.run(() => changed.waitFor(() => ready));
 * await lock.run(() => {
 *   ready = true;
 *   changed.notifyAll();
 * });
 * await waiting;
 */
export class Condition {
  readonly #lock: Lock;
  readonly #waiters: WaitQueue;

  constructor(lock: Lock) {
    this.#lock = lock;
    this.#waiters = new WaitQueue(`a condition of ${lock.name}`);
  }

  /**
   * Frees the lock, waits for a notification, and takes the lock back.
   *
   * Cancellation: rejects with the scope's reason, holding the lock. If it was notified before, while it
   * was taking the lock back, the notification goes on to another waiter.
   * Errors: `NOT_HELD` if nobody holds the lock.
   */
  async wait(options?: Wait): Promise<void> {
    const scope = scopeOf(options);
    scope?.throwIfCancelled();
    // One synchronous step: whoever takes the lock next, and notifies, finds this caller waiting.
    const retake = suspend(this.#lock);
    const notified = this.#waiters.wait(scope);
    try {
      await notified;
    } finally {
      await retake();
    }
    if (scope?.cancelled === true) {
      this.notify();
      throw scope.reason;
    }
  }

  /** Waits, as {@link wait} does, until `predicate` is true; it is called with the lock held. */
  async waitFor(predicate: () => boolean, options?: Wait): Promise<void> {
    requireFunction("predicate", predicate);
    while (!predicate()) await this.wait(options);
  }

  /** Wakes the `count` callers that have waited longest; they go on once they have the lock. */
  notify(count: number = 1): void {
    requireInteger("count", count, 0, true);
    for (let i = 0; i < count; i += 1) if (!this.#waiters.wakeOne()) return;
  }

  /** Wakes all that wait now. */
  notifyAll(): void {
    this.notify(Infinity);
  }

  /** A snapshot; it is stale once you `await`. */
  stats(): { waiting: number } {
    return { waiting: this.#waiters.size };
  }
}
