import { ConcurrencyError, requireInteger, scopeOf, type Wait } from "../core/index.js";
import { type Arrival, BarrierWord } from "./barrier-word.js";
import { Deadline } from "./deadline.js";
import { Parking } from "./parking.js";
import { defineKind } from "./kinds.js";
import { fromHandle, type SharedHandle, STATE } from "./registry.js";
import { Roster, ROSTER_WORDS } from "./roster.js";
import { SharedObject } from "./shared-object.js";
import { requireBlocking } from "./thread.js";

const PARTIES = STATE + 16;
const STATE_WORDS = 16 + ROSTER_WORDS;

/**
 * A place where `parties` callers wait for each other, again and again.
 *
 * A thread that has waited here once is a party. If it dies by force or by an error the barrier breaks, since it
 * will not come again; ending by itself breaks nothing.
 *
 * @example
 * const barrier = new SharedBarrier(2);
 * const places = await Promise.all([barrier.wait(), barrier.wait()]);
 * console.log(places);
 * // prints:
 * // [ 0, 1 ]
 */
export class SharedBarrier extends SharedObject<"SharedBarrier"> {
  static {
    defineKind("SharedBarrier", SharedBarrier);
  }

  readonly parties: number;
  readonly #word: BarrierWord;
  readonly #arrivals: Parking;
  readonly #threads: Roster;

  constructor(parties: number, options: { readonly name?: string } = {}) {
    requireInteger("parties", parties, 1);
    if (parties > 1023) throw new RangeError(`parties must be at most 1023, got ${parties}`);
    super("SharedBarrier", "shared barrier", { ...options, parties } as object, STATE_WORDS);
    this.parties = parties;
    this.#word = new BarrierWord(this.words, STATE, parties);
    this.#arrivals = new Parking(this.words, STATE, this.name);
    this.#threads = new Roster(this.words, PARTIES, "parties");
  }

  static from(handle: SharedHandle<"SharedBarrier">): SharedBarrier {
    const parties = handle["parties"] as number;
    return fromHandle("SharedBarrier", handle, () => new SharedBarrier(parties, handle));
  }

  get broken(): boolean {
    return this.#word.broken;
  }

  /** How many have arrived, in all threads. */
  get waiting(): number {
    return this.#word.arrived;
  }

  /**
   * Waits until `parties` callers do; gives this one's place in the order of arrival, from 0.
   *
   * Cancellation: rejects with the scope's reason; the barrier stands, and waits for another in its place.
   * Errors: `BROKEN` once the barrier is broken, or was reset meanwhile.
   */
  async wait(wait?: Wait): Promise<number> {
    const scope = scopeOf(wait);
    scope?.throwIfCancelled();
    const arrival = this.#arrive();
    try {
      for (;;) {
        const value = this.#arrivals.value;
        if (!this.#word.isOpen(arrival)) return this.#pass(arrival);
        await this.#arrivals.park(value, scope);
      }
    } catch (error) {
      if (scope?.cancelled && !this.#word.leave(arrival)) return this.#pass(arrival); // it was complete before
      throw error;
    }
  }

  /** The same, blocking the thread. Errors: also a `TimeoutError`, and `WOULD_BLOCK` on the main thread. */
  waitSync(timeoutMs: number = Infinity): number {
    requireBlocking("waitSync", "wait");
    const deadline = new Deadline(timeoutMs);
    const arrival = this.#arrive();
    for (;;) {
      const value = this.#arrivals.value;
      if (!this.#word.isOpen(arrival)) return this.#pass(arrival);
      if (this.#arrivals.parkSync(value, deadline)) continue;
      if (this.#word.leave(arrival)) throw deadline.expired(this.name);
    }
  }

  /** Rejects those who wait with `BROKEN`, and starts anew; a broken barrier is whole again. */
  reset(): void {
    this.#word.reset();
    this.#arrivals.wake();
  }

  /** Breaks it: those who wait, and who come, are rejected with `BROKEN`. */
  abort(): void {
    this.#word.break();
    this.#arrivals.wake();
  }

  stats(): { parties: number; waiting: number; broken: boolean } {
    return { parties: this.parties, waiting: this.waiting, broken: this.broken };
  }

  override recover(dead: number, violently: boolean): void {
    if (this.#threads.strike(dead) && violently) this.#word.break();
    this.#arrivals.wake(); // also if the dead completed it and woke nobody
  }

  #arrive(): Arrival {
    if (!this.#threads.joined) this.#threads.join();
    const arrival = this.#word.arrive();
    if (arrival === undefined) throw this.#brokenError();
    if (arrival.place === this.parties - 1) this.#arrivals.wake();
    return arrival;
  }

  #pass(arrival: Arrival): number {
    if (this.#word.wasBroken(arrival)) throw this.#brokenError();
    return arrival.place;
  }

  #brokenError(): ConcurrencyError {
    return new ConcurrencyError("BROKEN", `${this.name} is broken: a party died, or it was reset`);
  }
}
