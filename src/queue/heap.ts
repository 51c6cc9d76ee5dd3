import type { Store } from "./store.js";

interface Entry<T> {
  readonly item: T;
  /** When it came, for ties: a heap by itself forgets the order of equals. */
  readonly arrival: number;
}

/**
 * Smallest first by `compare`, ties in order of arrival: a binary heap.
 *
 * It looks for an entry's place first and moves entries after, so a `compare` that throws changes nothing.
 */
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
    const end = this.#entries.length;
    let at = end;
    while (at > 0 && this.#before(entry, this.#entries[parentOf(at)] as Entry<T>))
      at = parentOf(at);
    for (let below = end; below > at; below = parentOf(below))
      this.#entries[below] = this.#entries[parentOf(below)] as Entry<T>;
    this.#entries[at] = entry;
    this.#arrivals += 1;
  }

  take(): T {
    const top = this.#entries[0] as Entry<T>;
    const last = this.#entries.length - 1;
    let at = this.#placeFor(this.#entries[last] as Entry<T>, last);
    let sinking = this.#entries.pop() as Entry<T>;
    if (last === 0) return top.item;
    // Everything on the way down to that place moves up by one, and the top drops out.
    for (;;) {
      const above = this.#entries[at] as Entry<T>;
      this.#entries[at] = sinking;
      if (at === 0) return above.item;
      sinking = above;
      at = parentOf(at);
    }
  }

  clear(): void {
    this.#entries.length = 0;
  }

  /** Where `entry` belongs among the first `length` entries if the top goes. */
  #placeFor(entry: Entry<T>, length: number): number {
    for (let at = 0; ;) {
      let child = 2 * at + 1;
      if (child >= length) return at;
      const left = this.#entries[child] as Entry<T>;
      const right = this.#entries[child + 1] as Entry<T>;
      if (child + 1 < length && this.#before(right, left)) child += 1;
      if (!this.#before(this.#entries[child] as Entry<T>, entry)) return at;
      at = child;
    }
  }

  #before(a: Entry<T>, b: Entry<T>): boolean {
    const order = this.#compare(a.item, b.item);
    return order < 0 || (!(order > 0) && a.arrival < b.arrival); // NaN is a tie, as in sort
  }
}

function parentOf(at: number): number {
  return (at - 1) >> 1;
}
