/**
 * Puts what comes of inputs in the order in which they were claimed.
 *
 * Invariant: what is held back has a gap before it. A gap that is never filled holds all back for ever.
 */
export class Order<T extends string | object> {
  readonly #give: (value: T) => void;
  readonly #sizeOf: (value: T) => number;
  readonly #held = new Map<number, T>();
  #next = 0;
  #heldSize = 0;

  constructor(give: (value: T) => void, sizeOf: (value: T) => number) {
    this.#give = give;
    this.#sizeOf = sizeOf;
  }

  /** How many have been given. */
  get given(): number {
    return this.#next;
  }

  /** What is held back takes so much memory. */
  get heldSize(): number {
    return this.#heldSize;
  }

  add(place: number, value: T): void {
    if (place !== this.#next) {
      this.#held.set(place, value);
      this.#heldSize += this.#sizeOf(value);
      return;
    }
    this.#pass(value);
    for (let held = this.#take(); held !== undefined; held = this.#take()) this.#pass(held);
  }

  #take(): T | undefined {
    const value = this.#held.get(this.#next);
    if (value === undefined) return undefined;
    this.#held.delete(this.#next);
    this.#heldSize -= this.#sizeOf(value);
    return value;
  }

  #pass(value: T): void {
    this.#next += 1;
    this.#give(value);
  }
}
