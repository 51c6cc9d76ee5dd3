import { ConcurrencyError } from "../core/index.js";
import { compareExchange, load, store } from "./memory.js";
import { me } from "./thread.js";

/** Threads that can stand in a roster at a time. */
const PLACES = 64;
/** Each place is a cache line: its thread writes there without disturbing the others. */
const PLACE_WORDS = 16;
export const ROSTER_WORDS: number = PLACES * PLACE_WORDS;

/**
 * A list of threads in shared memory, with a number beside each, which its thread alone writes. What a dead
 * thread had is known by its place, and taken back by clearing that.
 */
export class Roster {
  readonly #words: Int32Array;
  readonly #at: number;
  readonly #noun: string;
  /** Where this thread stands; -1 if it doesn't. */
  #mine = -1;

  /** `noun`: what the threads are here, for messages. */
  constructor(words: Int32Array, at: number, noun: string) {
    this.#words = words;
    this.#at = at;
    this.#noun = noun;
  }

  /** Puts this thread down. */
  join(): void {
    for (let place = 0; place < PLACES; place += 1) {
      const at = this.#at + place * PLACE_WORDS;
      if (compareExchange(this.#words, at, 0, me) !== 0) continue;
      this.#mine = at;
      return;
    }
    throw new ConcurrencyError("BROKEN", `more than ${PLACES} threads are ${this.#noun} at a time`);
  }

  get joined(): boolean {
    return this.#mine >= 0;
  }

  leave(): void {
    store(this.#words, this.#mine, 0);
    this.#mine = -1;
  }

  /** This thread's number. It is zero when it joins, and must be when it leaves. */
  set number(value: number) {
    store(this.#words, this.#mine + 1, value);
  }

  get number(): number {
    return this.joined ? load(this.#words, this.#mine + 1) : 0;
  }

  get empty(): boolean {
    for (let at = this.#at; at < this.#at + ROSTER_WORDS; at += PLACE_WORDS) {
      if (load(this.#words, at) !== 0) return false;
    }
    return true;
  }

  /** The sum of all threads' numbers. */
  get sum(): number {
    let sum = 0;
    for (let at = this.#at; at < this.#at + ROSTER_WORDS; at += PLACE_WORDS)
      sum += load(this.#words, at + 1);
    return sum;
  }

  /** How many threads stand in it. */
  get size(): number {
    let size = 0;
    for (let at = this.#at; at < this.#at + ROSTER_WORDS; at += PLACE_WORDS)
      size += load(this.#words, at) === 0 ? 0 : 1;
    return size;
  }

  /** Takes a dead thread out. True if it was in. */
  strike(dead: number): boolean {
    for (let at = this.#at; at < this.#at + ROSTER_WORDS; at += PLACE_WORDS) {
      if (load(this.#words, at) !== dead) continue;
      store(this.#words, at + 1, 0);
      store(this.#words, at, 0);
      return true;
    }
    return false;
  }
}
