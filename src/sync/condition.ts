import {
  type CancelScope,
  requireFunction,
  requireInteger,
  requireThat,
  scopeOf,
  type Wait,
  WaitQueue,
} from "../core/index.js";
import { Lock, suspend } from "./lock.js";

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
    requireThat(lock instanceof Lock, "lock", "a Lock", lock);
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
  wait(options?: Wait): Promise<void> {
    return this.#wait(scopeOf(options));
  }

  async #wait(scope: CancelScope | undefined): Promise<void> {
    scope?.throwIfCancelled();
    // One synchronous step: whoever takes the lock next, and notifies, finds this caller waiting.
    const retake = suspend(this.#lock);
    const notified = this.#waiters.wait(scope);
    try {
      await notified;
    } finally {
      await retake();
    }
    if (scope?.cancelled) {
      this.notify();
      throw scope.reason;
    }
  }

  /**
   * Waits, as {@link wait} does, until `predicate` is true; it is called with the lock held.
   *
   * Cancellation: as {@link wait}; in a scope that is cancelled already it rejects without asking `predicate`.
   * Errors: `NOT_HELD` as {@link wait}; what `predicate` throws, holding the lock.
   */
  waitFor(predicate: () => boolean, options?: Wait): Promise<void> {
    requireFunction("predicate", predicate);
    return this.#waitFor(predicate, scopeOf(options));
  }

  async #waitFor(predicate: () => boolean, scope: CancelScope | undefined): Promise<void> {
    scope?.throwIfCancelled(); // before looking: in a cancelled scope every wait rejects
    while (!predicate()) await this.#wait(scope);
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
