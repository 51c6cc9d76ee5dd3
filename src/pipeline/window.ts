const MISSING = Symbol("missing");
const SKIPPED: unique symbol = Symbol("skipped");
const empty = (length: number): unknown[] => Array.from({ length }, () => MISSING);

/**
 * Results that are there and have not been read, in a circular array in which a result's place is its
 * number: that of its item if they are to be read in order, else that of its arrival.
 */
export class Window<O> {
  readonly #ordered: boolean;
  #slots: unknown[] = empty(16);
  #arrivals = 0;
  #passed = 0;

  constructor(ordered: boolean) {
    this.#ordered = ordered;
  }

  /** Items that need no memory any more: read, or without a result. The next to be read has this number. */
  get passed(): number {
    return this.#passed;
  }

  /** True if {@link take} has a result to give. */
  get ready(): boolean {
    return this.#slots[this.#passed & (this.#slots.length - 1)] !== MISSING;
  }

  keep(index: number, value: O | typeof SKIPPED): void {
    const number = this.#ordered ? index : this.#arrivals;
    this.#arrivals += 1;
    while (number - this.#passed >= this.#slots.length) this.#grow();
    this.#slots[number & (this.#slots.length - 1)] = value;
  }

  /** The item has no result. */
  skip(index: number): void {
    this.keep(index, SKIPPED);
    this.#passSkipped();
  }

  take(): O {
    const value = this.#next() as O;
    this.#passSkipped();
    return value;
  }

  #next(): unknown {
    const at = this.#passed & (this.#slots.length - 1);
    const value = this.#slots[at];
    this.#slots[at] = MISSING;
    this.#passed += 1;
    return value;
  }

  #passSkipped(): void {
    while (this.#slots[this.#passed & (this.#slots.length - 1)] === SKIPPED) this.#next();
  }

  // The length stays a power of two, so that a number becomes a place by a mask.
  #grow(): void {
    const old = this.#slots;
    this.#slots = empty(old.length * 2);
    for (let number = this.#passed; number < this.#passed + old.length; number += 1) {
      this.#slots[number & (this.#slots.length - 1)] = old[number & (old.length - 1)];
    }
  }
}
