import { Ring } from "../queue/ring.js";

/** Results that are there and have not been read. */
export interface Window<O> {
  /** Items that need no memory any more: read, or without a result. */
  readonly passed: number;
  keep(index: number, value: O): void;
  /** The item has no result. */
  skip(index: number): void;
  /** True if {@link take} has a result to give. */
  readonly ready: boolean;
  take(): O;
}

/** Gives results as they come. */
export class AsTheyCome<O> implements Window<O> {
  readonly #results = new Ring<O>();
  passed = 0;

  get ready(): boolean {
    return this.#results.size > 0;
  }

  keep(_index: number, value: O): void {
    this.#results.add(value);
  }

  skip(): void {
    this.passed += 1;
  }

  take(): O {
    this.passed += 1;
    return this.#results.take();
  }
}

const MISSING = Symbol("not there yet");
const SKIPPED = Symbol("without a result");

/** Gives results in the order of their items: a circular array, in which an item's place is its index. */
export class InOrder<O> implements Window<O> {
  #slots: (O | typeof MISSING | typeof SKIPPED)[] = Array.from({ length: 16 }, () => MISSING);
  /** The item whose result comes next. */
  passed = 0;

  get ready(): boolean {
    return this.#slots[this.passed & (this.#slots.length - 1)] !== MISSING;
  }

  keep(index: number, value: O): void {
    this.#put(index, value);
  }

  skip(index: number): void {
    this.#put(index, SKIPPED);
    this.#passSkipped();
  }

  take(): O {
    const at = this.passed & (this.#slots.length - 1);
    const value = this.#slots[at] as O;
    this.#slots[at] = MISSING;
    this.passed += 1;
    this.#passSkipped();
    return value;
  }

  #put(index: number, value: O | typeof SKIPPED): void {
    while (index - this.passed >= this.#slots.length) this.#grow();
    this.#slots[index & (this.#slots.length - 1)] = value;
  }

  #passSkipped(): void {
    for (;;) {
      const at = this.passed & (this.#slots.length - 1);
      if (this.#slots[at] !== SKIPPED) return;
      this.#slots[at] = MISSING;
      this.passed += 1;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = Array.from({ length: old.length * 2 }, () => MISSING);
    for (let index = this.passed; index < this.passed + old.length; index += 1) {
      this.#slots[index & (this.#slots.length - 1)] = old[index & (old.length - 1)] as O;
    }
  }
}
