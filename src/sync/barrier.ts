import {
  ConcurrencyError,
  gate,
  label,
  requireInteger,
  scopeOf,
  type Wait,
  WaitQueue,
} from "../core/index.js";

/**
 * Holds callers until `parties` of them have come, then lets them all go on; and so again for the next ones.
 *
 * @example
 * const barrier = new Barrier(2);
 * const [first, second] = await Promise.all([barrier.wait(), barrier.wait()]);
 */
export class Barrier {
  readonly parties: number;
  #broken = false;
  readonly #waiters: WaitQueue<number>;

  constructor(parties: number, { name }: { readonly name?: string } = {}) {
    requireInteger("parties", parties, 1);
    this.parties = parties;
    this.#waiters = new WaitQueue(label("barrier", name));
  }

  get broken(): boolean {
    return this.#broken;
  }

  get waiting(): number {
    return this.#waiters.size;
  }

  /**
   * Waits until all parties have come; gives this caller's place in the order of arrival, from 0.
   *
   * Cancellation: rejects with the scope's reason; the caller counts as never come, the others wait on.
   * Errors: `BROKEN` if the barrier is aborted, or is reset meanwhile.
   */
  wait(options?: Wait): Promise<number> {
    const scope = scopeOf(options);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    if (this.#broken) return Promise.reject(broken("aborted: reset() it first"));
    const last = this.parties - 1;
    if (this.#waiters.size === last) this.#waiters.dropCancelled();
    if (this.#waiters.size < last) return this.#waiters.wait(scope);
    for (let place = 0; place < last; place += 1) this.#waiters.wakeOne(place);
    return gate(Promise.resolve(last), this.#waiters);
  }

  /** Sends those that wait away with `BROKEN` and starts afresh, also after {@link abort}. */
  reset(): void {
    this.#broken = false;
    this.#waiters.failAll(broken("reset"));
  }

  /** Sends those that wait, and all that come, away with `BROKEN`, until {@link reset}. */
  abort(): void {
    this.#broken = true;
    this.#waiters.failAll(broken("aborted"));
  }

  /** A snapshot; it is stale once you `await`. */
  stats(): { parties: number; waiting: number; broken: boolean } {
    return { parties: this.parties, waiting: this.waiting, broken: this.#broken };
  }
}

function broken(how: string): ConcurrencyError {
  return new ConcurrencyError("BROKEN", `the barrier was ${how}`);
}
