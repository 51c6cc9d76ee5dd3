import { exchange, load, store } from "./memory.js";
import { Parking } from "./parking.js";

const QUIET = 0;
const ASKED = 1;

/**
 * A word by which one who waits asks to be woken: others pay for a wake-up only then.
 *
 * Who waits asks, looks once more whether it has to, and sleeps. Who has changed something looks whether somebody
 * asked. So one of the two sees the other.
 */
export class Bell extends Parking {
  readonly #words: Int32Array;
  readonly #at: number;

  constructor(words: Int32Array, at: number, name: string) {
    super(words, at, name);
    this.#words = words;
    this.#at = at;
  }

  /** Asks; gives the value to park on. */
  ask(): number {
    store(this.#words, this.#at, ASKED);
    return ASKED;
  }

  /** Wakes all, asked or not: one who died may have taken the request away, and woken nobody. */
  ringInAnyCase(): void {
    store(this.#words, this.#at, QUIET);
    this.wake();
  }

  /** Wakes whoever has asked. */
  ring(): void {
    if (load(this.#words, this.#at) === ASKED && exchange(this.#words, this.#at, QUIET) === ASKED)
      this.wake();
  }
}
