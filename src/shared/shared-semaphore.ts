import { type Permit, requireFunction, requireInteger, scopeOf, type Wait } from "../core/index.js";
import { Deadline } from "./deadline.js";
import { LockCore } from "./lock-core.js";
import { add } from "./memory.js";
import { Parking } from "./parking.js";
import { defineKind } from "./kinds.js";
import { fromHandle, type SharedHandle, STATE } from "./registry.js";
import { Roster, ROSTER_WORDS } from "./roster.js";
import { SharedObject } from "./shared-object.js";
import { requireBlocking } from "./thread.js";

const RETURNS = STATE + 16;
const HOLDERS = STATE + 32;
const STATE_WORDS = 32 + ROSTER_WORDS;

/** What one acquire got. */
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

/**
 * Lets holders of at most `permits` permits proceed at once, among all threads. First come, first served between
 * threads that sleep; a caller who asks for several permits is not overtaken by lighter ones.
 *
 * Each thread writes down what it holds, in one store, and what is free is what is left of the sum. So a thread that
 * dies loses no permit: what it had is struck out. Who acquires holds a lock meanwhile, also while waiting for
 * permits: that is the line.
 *
 * @example
 * const downloads = new SharedSemaphore(4);
 * using permit = await downloads.acquire();
 */
export class SharedSemaphore extends SharedObject<"SharedSemaphore"> {
  static {
    defineKind("SharedSemaphore", SharedSemaphore);
  }

  readonly permits: number;
  readonly #entry: LockCore;
  readonly #holders: Roster;
  /** Counts returns of permits. */
  readonly #returns: Parking;

  constructor(permits: number, options: { readonly name?: string } = {}) {
    requireInteger("permits", permits, 1);
    super("SharedSemaphore", "shared semaphore", { ...options, permits } as object, STATE_WORDS);
    this.permits = permits;
    this.#entry = new LockCore(this.words, STATE, this.name, true);
    this.#holders = new Roster(this.words, HOLDERS, "holders");
    this.#returns = new Parking(this.words, RETURNS, this.name);
  }

  static from(handle: SharedHandle<"SharedSemaphore">): SharedSemaphore {
    const permits = handle["permits"] as number;
    return fromHandle("SharedSemaphore", handle, () => new SharedSemaphore(permits, handle));
  }

  get available(): number {
    return this.permits - this.#holders.sum;
  }

  /** Takes `weight` permits if they are free now and nobody waits; never waits. */
  tryAcquire(weight: number = 1): Permit | undefined {
    this.#requireWeight(weight);
    if (!this.#entry.tryTake()) return undefined;
    let permit: Permit | undefined;
    try {
      permit = this.#takeNow(weight);
      return permit;
    } finally {
      if (permit === undefined) this.#entry.give();
    }
  }

  /**
   * Takes `weight` permits, 1 by default.
   *
   * Cancellation: rejects with the scope's reason and then holds nothing.
   * Errors: `RangeError` for a weight that could never be had.
   */
  async acquire(options?: Wait & { readonly weight?: number }): Promise<Permit> {
    const weight = options?.weight ?? 1;
    this.#requireWeight(weight);
    const scope = scopeOf(options);
    await this.#entry.take(scope);
    try {
      for (;;) {
        const returns = this.#returns.value;
        const permit = this.#takeNow(weight);
        if (permit !== undefined) return permit;
        await this.#returns.park(returns, scope);
      }
    } catch (error) {
      this.#entry.give();
      throw error;
    }
  }

  /** The same, blocking the thread. Errors: a `TimeoutError`; `WOULD_BLOCK` on the main thread. */
  acquireSync(timeoutMs: number = Infinity, weight: number = 1): Permit {
    requireBlocking("acquireSync", "acquire");
    this.#requireWeight(weight);
    const deadline = new Deadline(timeoutMs);
    if (!this.#entry.takeSync(deadline)) throw deadline.expired(this.name);
    try {
      for (;;) {
        const returns = this.#returns.value;
        const permit = this.#takeNow(weight);
        if (permit !== undefined) return permit;
        if (!this.#returns.parkSync(returns, deadline)) throw deadline.expired(this.name);
      }
    } catch (error) {
      this.#entry.give();
      throw error;
    }
  }

  /** Runs `body` while holding a permit, and gives it back whatever happens. Cancellation: of the wait only. */
  async run<T>(
    body: () => T | PromiseLike<T>,
    options?: Wait & { readonly weight?: number },
  ): Promise<T> {
    requireFunction("body", body);
    using _ = await this.acquire(options);
    return await body();
  }

  /** A snapshot. `waiting`: callers of this thread that await it. */
  stats(): { permits: number; available: number; waiting: number } {
    const waiting = this.#entry.waiting + this.#returns.waiting;
    return { permits: this.permits, available: this.available, waiting };
  }

  override recover(dead: number): void {
    this.#entry.word.recover(dead); // poisoned, but it protects nothing that could be half done
    this.#holders.strike(dead);
    this.#tellOfReturn(); // in any case: it may have given back, and died before it could tell
  }

  /** Called with the entry held; gives it up if there are permits enough. Throws, holding it, if there is no place. */
  #takeNow(weight: number): Permit | undefined {
    if (weight > this.available) return undefined;
    if (!this.#holders.joined) this.#holders.join();
    this.#holders.number += weight;
    this.#entry.give();
    return new Held(this.#giveBack, weight);
  }

  readonly #giveBack = (weight: number): void => {
    this.#holders.number -= weight;
    if (this.#holders.number === 0) this.#holders.leave();
    this.#tellOfReturn();
  };

  #tellOfReturn(): void {
    add(this.words, RETURNS, 1);
    this.#returns.wake();
  }

  #requireWeight(weight: number): void {
    requireInteger("weight", weight, 1);
    if (weight > this.permits)
      throw new RangeError(`weight must be at most ${this.permits}, got ${weight}`);
  }
}
