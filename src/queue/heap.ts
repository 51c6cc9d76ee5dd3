import type { Store } from "./store.js";

interface Entry<T> {
  readonly item: T;
  /** When it came, for ties: a heap by itself forgets the order of equals. */
  readonly arrival: number;
}

/** Smallest first by `compare`, ties in order of arrival: a binary heap. */
export class Heap<T> implements Store<T> {
  readonly #compare: (a: T, b: T) => number;
  readonly #entries: Entry<T>[] = [];
  #arrivals = 0;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#entries.length;
  }

  add(item: T): void {
    const entry = { item, arrival: this.#arrivals };
    let at = this.#entries.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.#entries[parent] as Entry<T>;
      if (!this.#before(entry, above)) break;
      this.#entries[at] = above;
      at = parent;
    }
    this.#entries[at] = entry;
    this.#arrivals += 1;
  }

  take(): T {
    const top = this.#entries[0] as Entry<T>;
    const last = this.#entries.pop() as Entry<T>;
    if (this.#entries.length > 0) this.#sink(last);
    return top.item;
  }

  clear(): void {
    this.#entries.length = 0;
  }

  /** Puts `entry` in the place of the top. */
  #sink(entry: Entry<T>): void {
    const { length } = this.#entries;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      const right = this.#entries[child + 1];
      if (right !== undefined && this.#before(right, this.#entries[child] as Entry<T>)) child += 1;
      const below = this.#entries[child] as Entry<T>;
      if (!this.#before(below, entry)) break;
      this.#entries[at] = below;
      at = child;
    }
    this.#entries[at] = entry;
  }

  #before(a: Entry<T>, b: Entry<T>): boolean {
    const order = this.#compare(a.item, b.item);
    return order === 0 ? a.arrival < b.arrival : order < 0;
  }
}
