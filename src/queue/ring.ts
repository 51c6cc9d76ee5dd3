import type { Store } from "./store.js";

/**
 * First in, first out, in a circular array that doubles when it is full.
 *
 * Not `array.shift()`: past some 50,000 items V8 moves the whole array at every call.
 */
export class Ring<T> implements Store<T> {
  #slots: (T | undefined)[] = Array.from({ length: 16 });
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(item: T): void {
    if (this.#size === this.#slots.length) this.#grow();
    this.#slots[(this.#head + this.#size) & (this.#slots.length - 1)] = item;
    this.#size += 1;
  }

  take(): T {
    const item = this.#slots[this.#head] as T;
    this.#slots[this.#head] = undefined; // or the ring would keep the item alive
    this.#head = (this.#head + 1) & (this.#slots.length - 1);
    this.#size -= 1;
    return item;
  }

  clear(): void {
    this.#slots = Array.from({ length: 16 });
    this.#head = 0;
    this.#size = 0;
  }

  // The length stays a power of two, so that an index wraps by a mask.
  #grow(): void {
    const { length } = this.#slots;
    const grown = Array.from<T | undefined>({ length: length * 2 });
    for (let i = 0; i < length; i += 1) grown[i] = this.#slots[(this.#head + i) & (length - 1)];
    this.#slots = grown;
    this.#head = 0;
  }
}
