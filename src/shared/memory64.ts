/** The part of {@link "./memory.js"} for words of 64 bits, of which only counters are made. */

export function load(words: BigInt64Array): bigint {
  return Atomics.load(words, 0);
}

export function store(words: BigInt64Array, value: bigint): void {
  Atomics.store(words, 0, value);
}

export function add(words: BigInt64Array, value: bigint): bigint {
  return Atomics.add(words, 0, value);
}

export function compareExchange(words: BigInt64Array, expected: bigint, value: bigint): bigint {
  return Atomics.compareExchange(words, 0, expected, value);
}
