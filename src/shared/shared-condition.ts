import { requireInteger, scopeOf, type Wait } from "../core/index.js";
import { Deadline } from "./deadline.js";
import { add } from "./memory.js";
import { Parking } from "./parking.js";
import { defineKind } from "./kinds.js";
import { fromHandle, type SharedHandle, STATE } from "./registry.js";
import { SharedLock, suspend } from "./shared-lock.js";
import { SharedObject } from "./shared-object.js";
import { requireBlocking } from "./thread.js";

const STATE_WORDS = 1;

/**
 * Lets holders of a lock wait for a change that other holders make, in whatever thread.
 *
 * {@link notify} wakes at least as many as it is asked to, and a wait may end with no notification at all: so look
 * again, or use {@link waitFor}. Its lock travels with it.
 *
 * @example
 * const lock = new SharedLock();
 * const changed = new SharedCondition(lock);
 * let ready = false;
 * const waiter = lock.run(() => changed.waitFor(() => ready));
 * await lock.run(() => {
 *   ready = true;
 *   changed.notifyAll();
 * });
 * await waiter;
 */
export class SharedCondition extends SharedObject<"SharedCondition"> {
  static {
    defineKind("SharedCondition", SharedCondition);
  }

  readonly lock: SharedLock;
  readonly #changes: Parking;

  constructor(lock: SharedLock, options: { readonly name?: string } = {}) {
    super(
      "SharedCondition",
      "shared condition",
      { ...options, lock: lock.handle() } as object,
      STATE_WORDS,
    );
    this.lock = lock;
    this.#changes = new Parking(this.words, STATE, this.name, true);
  }

  static from(handle: SharedHandle<"SharedCondition">): SharedCondition {
    const lock = (): SharedLock => SharedLock.from(handle["lock"] as SharedHandle<"SharedLock">);
    return fromHandle("SharedCondition", handle, () => new SharedCondition(lock(), handle));
  }

  /**
   * Gives up the lock, waits for a notification, and takes the lock again.
   *
   * Cancellation: rejects with the scope's reason, holding the lock; a notification that came goes to another.
   * Errors: `NOT_HELD` if this thread doesn't hold the lock.
   */
  async wait(wait?: Wait): Promise<void> {
    const scope = scopeOf(wait);
    scope?.throwIfCancelled();
    const changes = this.#changes.value; // before the lock is given up: who notifies comes after that
    const turn = suspend(this.lock);
    try {
      await this.#changes.park(changes, scope);
    } finally {
      await turn.take();
    }
    if (!scope?.cancelled) return;
    this.notify();
    scope.throwIfCancelled();
  }

  /** The same, blocking the thread. False if `timeoutMs` have passed; the lock is held again then too. */
  waitSync(timeoutMs: number = Infinity): boolean {
    requireBlocking("waitSync", "wait");
    return this.#waitSync(new Deadline(timeoutMs));
  }

  #waitSync(deadline: Deadline): boolean {
    const changes = this.#changes.value;
    const turn = suspend(this.lock);
    const woken = this.#changes.parkSync(changes, deadline);
    turn.takeSync();
    return woken;
  }

  /** Waits until `predicate` holds; it is called while the lock is held. Cancellation and errors: as {@link wait}. */
  async waitFor(predicate: () => boolean, wait?: Wait): Promise<void> {
    while (!predicate()) await this.wait(wait);
  }

  /** The same, blocking the thread. False if `timeoutMs` have passed and it doesn't hold. */
  waitForSync(predicate: () => boolean, timeoutMs: number = Infinity): boolean {
    requireBlocking("waitForSync", "waitFor");
    const deadline = new Deadline(timeoutMs);
    while (!predicate()) {
      if (!this.#waitSync(deadline)) return predicate();
    }
    return true;
  }

  /** Wakes `count` of those who wait, or all if there are fewer. Needs no lock, but whoever changes something holds it. */
  notify(count: number = 1): void {
    requireInteger("count", count, 0, true);
    add(this.words, STATE, 1); // those on the way to sleep see it
    this.#changes.wake(count);
  }

  notifyAll(): void {
    this.notify(Infinity);
  }

  /** A snapshot. `waiting`: callers of this thread that await it. */
  stats(): { waiting: number } {
    return { waiting: this.#changes.waiting };
  }

  override recover(): void {
    this.notifyAll(); // the dead may have been notified last
  }
}
