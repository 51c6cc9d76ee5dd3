import { compareExchange, load } from "./memory.js";

/** A caller's arrival: in which round, and as which. */
export interface Arrival {
  readonly round: number;
  readonly place: number;
}

const ARRIVED = 1023;
const BROKEN = 1 << 10;
/** How the last rounds ended, the latest first: a bit is set for one that was reset. */
const RESETS_AT = 11;
const RESETS = 255;
/** The number of the round, which wraps around. */
const ROUND_AT = 19;
const ROUNDS = 4095;

/**
 * A barrier in one word: who arrives, completes or leaves a round changes all of it at once, so that no death leaves
 * it half changed.
 *
 * A caller who wakes so late that eight more rounds have ended takes its own for complete, if it was reset or not.
 */
export class BarrierWord {
  readonly #words: Int32Array;
  readonly #at: number;
  readonly #parties: number;

  constructor(words: Int32Array, at: number, parties: number) {
    this.#words = words;
    this.#at = at;
    this.#parties = parties;
  }

  get broken(): boolean {
    return (this.#value & BROKEN) !== 0;
  }

  get arrived(): number {
    return this.#value & ARRIVED;
  }

  /** Arrives; the last one completes the round. Undefined if the barrier is broken. */
  arrive(): Arrival | undefined {
    for (;;) {
      const seen = this.#value;
      if ((seen & BROKEN) !== 0) return undefined;
      const place = seen & ARRIVED;
      const next = place + 1 === this.#parties ? nextRound(seen, 0) : seen + 1;
      if (this.#replace(seen, next)) return { round: roundOf(seen), place };
    }
  }

  /** True while the arrival's round waits for others. */
  isOpen({ round }: Arrival): boolean {
    const seen = this.#value;
    return roundOf(seen) === round && (seen & BROKEN) === 0;
  }

  /** True if the arrival's round ended without being complete. */
  wasBroken({ round }: Arrival): boolean {
    const seen = this.#value;
    const ago = (roundOf(seen) - round) & ROUNDS;
    if (ago === 0) return (seen & BROKEN) !== 0;
    return ago <= 8 && ((seen >>> (RESETS_AT + ago - 1)) & 1) !== 0;
  }

  /** Takes an arrival back. False if its round has ended. */
  leave(arrival: Arrival): boolean {
    for (;;) {
      const seen = this.#value;
      if (roundOf(seen) !== arrival.round || (seen & BROKEN) !== 0) return false;
      if (this.#replace(seen, seen - 1)) return true;
    }
  }

  reset(): void {
    for (;;) {
      const seen = this.#value;
      if (this.#replace(seen, nextRound(seen, 1))) return;
    }
  }

  break(): void {
    for (;;) {
      const seen = this.#value;
      if (this.#replace(seen, seen | BROKEN)) return;
    }
  }

  get #value(): number {
    return load(this.#words, this.#at);
  }

  #replace(seen: number, next: number): boolean {
    return compareExchange(this.#words, this.#at, seen, next | 0) === seen;
  }
}

function roundOf(value: number): number {
  return (value >>> ROUND_AT) & ROUNDS;
}

function nextRound(value: number, reset: 0 | 1): number {
  const resets = (((value >>> RESETS_AT) << 1) | reset) & RESETS;
  return (((roundOf(value) + 1) & ROUNDS) << ROUND_AT) | (resets << RESETS_AT);
}
