/** From the first to before the second. */
export type Range = readonly [number, number];

/**
 * A set of integers, kept as ranges: small while its members come nearly in order.
 *
 * Invariant: the ranges are sorted, and no two of them touch.
 */
export class RangeSet {
  readonly #ranges: [number, number][];

  constructor(ranges: readonly Range[] = []) {
    this.#ranges = ranges.map(([from, to]) => [from, to]);
  }

  /** How many integers from 0 on are in it without a gap. */
  get prefix(): number {
    const [first] = this.#ranges;
    return first?.[0] === 0 ? first[1] : 0;
  }

  get size(): number {
    return this.#ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  }

  has(value: number): boolean {
    const range = this.#ranges[this.#placeOf(value)];
    return range !== undefined && range[0] <= value;
  }

  add(value: number): void {
    const ranges = this.#ranges;
    const last = ranges.at(-1);
    if (last?.[1] === value) {
      last[1] += 1; // by far the most common
      return;
    }
    const at = this.#placeOf(value);
    const next = ranges[at];
    if (next !== undefined && next[0] <= value) return;
    const before = ranges[at - 1];
    if (before?.[1] === value) before[1] += 1;
    else if (next?.[0] === value + 1) next[0] = value;
    else ranges.splice(at, 0, [value, value + 1]);
    const joined = ranges[at - 1];
    if (joined !== undefined && joined[1] === next?.[0]) {
      joined[1] = next[1];
      ranges.splice(at, 1);
    }
  }

  delete(value: number): void {
    const at = this.#placeOf(value);
    const range = this.#ranges[at];
    if (range === undefined || range[0] > value) return;
    const parts: [number, number][] = [
      [range[0], value],
      [value + 1, range[1]],
    ];
    this.#ranges.splice(at, 1, ...parts.filter(([from, to]) => from < to));
  }

  toJSON(): readonly Range[] {
    return this.#ranges.map(([from, to]) => [from, to]);
  }

  /** The place of the first range that ends behind `value`. */
  #placeOf(value: number): number {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ranges[middle]![1] > value) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
