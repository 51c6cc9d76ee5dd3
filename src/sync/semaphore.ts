import {
  type CancelScope,
  gate,
  label,
  type Permit,
  requireFunction,
  requireInteger,
  scopeOf,
  type Wait,
  WaitQueue,
} from "../core/index.js";
import { runHolding } from "./run-holding.js";

export interface SemaphoreOptions {
  /** For messages and traces. */
  readonly name?: string;
}

export interface SemaphoreStats {
  readonly permits: number;
  readonly available: number;
  /** Callers in line. */
  readonly waiting: number;
}

/** What one acquire got. It knows its semaphore, so a stranger cannot give back what it never had. */
class Held implements Permit {
  #giveBack: ((weight: number) => void) | undefined;
  readonly #weight: number;

  constructor(giveBack: (weight: number) => void, weight: number) {
    this.#giveBack = giveBack;
    this.#weight = weight;
  }

  release(): void {
    const giveBack = this.#giveBack;
    this.#giveBack = undefined;
    giveBack?.(this.#weight);
  }

  [Symbol.dispose](): void {
    this.release();
  }
}

/** Takes `weight` permits in a scope that is known already. For primitives made of a semaphore. */
export let take: (
  semaphore: Semaphore,
  weight: number,
  scope: CancelScope | undefined,
) => Promise<Permit>;

/**
 * Lets holders of at most `permits` permits proceed at once; the rest wait in FIFO order.
 *
 * A caller can ask for several permits at once (`weight`). The head of the line waits until its whole
 * weight is free, and holds back lighter callers behind it: otherwise those would starve it.
 *
 * Invariant: if somebody waits, the first in line asks for more than is available.
 *
 * @example
 * const downloads = new Semaphore(4);
 * await downloads.run(async () => {
 *   await sleep(1);
 * });
 */
export class Semaphore {
  readonly permits: number;
  #available: number;
  readonly #waiters: WaitQueue<Permit, number>;

  constructor(permits: number, { name }: SemaphoreOptions = {}) {
    requireInteger("permits", permits, 0);
    this.permits = permits;
    this.#available = permits;
    // When a heavy caller leaves the head of the line, those behind it may fit.
    this.#waiters = new WaitQueue(label("semaphore", name), () => this.#grant());
  }

  get available(): number {
    return this.#available;
  }

  /**
   * Takes `weight` permits if they are free now and nobody waits; never waits.
   *
   * Errors: `RangeError` for a weight that could never be had.
   */
  tryAcquire(weight: number = 1): Permit | undefined {
    this.#requireWeight(weight);
    return this.#takeNow(weight);
  }

  #takeNow(weight: number): Permit | undefined {
    if (this.#waiters.firstAsk !== undefined || weight > this.#available) return undefined;
    this.#available -= weight;
    return new Held(this.#giveBack, weight);
  }

  /**
   * Takes `weight` permits, 1 by default, waiting until they are free.
   *
   * Cancellation: rejects with the scope's reason and then holds nothing. Don't put it in
   * `Promise.race`: an acquire that loses would still take its permit.
   * Errors: `RangeError` for a weight that could never be had.
   */
  acquire(options?: Wait & { readonly weight?: number }): Promise<Permit> {
    return take(this, options?.weight ?? 1, scopeOf(options));
  }

  /**
   * Runs `body` while holding a permit, and gives it back whatever happens.
   *
   * Cancellation: of the wait, as {@link acquire}, and then `body` is not called. It doesn't reach a running
   * body: pass that a scope of its own.
   * Errors: those of `body`; `RangeError` as {@link acquire}.
   */
  run<T>(
    body: () => T | PromiseLike<T>,
    options?: Wait & { readonly weight?: number },
  ): Promise<T> {
    requireFunction("body", body);
    return runHolding(this.acquire(options), body);
  }

  /** A snapshot; it is stale once you `await`. */
  stats(): SemaphoreStats {
    return { permits: this.permits, available: this.#available, waiting: this.#waiters.size };
  }

  readonly #giveBack = (weight: number): void => {
    this.#available += weight;
    this.#grant();
  };

  // Hand over, don't wake: between a wake-up and the waiter's own try, a newcomer could take the
  // permits, and the oldest waiter would starve under load.
  #grant(): void {
    for (;;) {
      const weight = this.#waiters.firstAsk;
      if (weight === undefined || weight > this.#available) return;
      this.#available -= weight;
      this.#waiters.wakeOne(new Held(this.#giveBack, weight));
    }
  }

  #requireWeight(weight: number): void {
    requireInteger("weight", weight, 1);
    if (weight > this.permits)
      throw new RangeError(`weight must be at most ${this.permits}, got ${weight}`);
  }

  static {
    take = (semaphore, weight, scope) => {
      semaphore.#requireWeight(weight);
      if (scope?.cancelled) return Promise.reject(scope.reason);
      const permit = semaphore.#takeNow(weight);
      if (permit !== undefined) return gate(Promise.resolve(permit), semaphore.#waiters);
      return semaphore.#waiters.wait(scope, weight);
    };
  }
}
