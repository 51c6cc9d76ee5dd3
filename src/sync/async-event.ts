import { DONE, gate, label, scopeOf, type Wait, WaitQueue } from "../core/index.js";

/**
 * A flag that callers can wait for. While it is set, nobody waits.
 *
 * @example
 * const ready = new AsyncEvent();
 * const waiting = ready.wait();
 * ready.set();
 * await waiting;
 */
export class AsyncEvent {
  #isSet = false;
  readonly #waiters: WaitQueue;

  constructor({ name }: { readonly name?: string } = {}) {
    this.#waiters = new WaitQueue(label("event", name));
  }

  get isSet(): boolean {
    return this.#isSet;
  }

  /** Sets the flag and wakes all that wait. */
  set(): void {
    this.#isSet = true;
    this.#waiters.wakeAll();
  }

  /** Takes the flag down; whoever was woken before stays awake. */
  clear(): void {
    this.#isSet = false;
  }

  /**
   * Waits until the flag is set.
   *
   * Cancellation: rejects with the scope's reason.
   */
  wait(options?: Wait): Promise<void> {
    const scope = scopeOf(options);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    return this.#isSet ? gate(DONE, this.#waiters) : this.#waiters.wait(scope);
  }

  /** A snapshot; it is stale once you `await`. */
  stats(): { isSet: boolean; waiting: number } {
    return { isSet: this.#isSet, waiting: this.#waiters.size };
  }
}
