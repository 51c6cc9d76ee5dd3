/**
 * The one door to shared memory: what the primitives do to it goes through these functions and no others.
 *
 * A test that explores interleavings bundles the very same primitives with another file in the place of
 * this one. So the door costs nothing: the engine inlines these functions, as it does `Atomics` itself.
 */

/** A result of {@link sleep}. */
export type Slept = "ok" | "not-equal" | "timed-out";

/** A result of {@link sleepAsync}. */
export type SleptAsync =
  | { readonly async: false; readonly value: "not-equal" | "timed-out" }
  | { readonly async: true; readonly value: Promise<"ok" | "timed-out"> };

// Newer than the library that TypeScript is told of; Node has it from 16 on.
const { waitAsync } = Atomics as unknown as {
  waitAsync(this: void, words: Int32Array, at: number, value: number): SleptAsync;
};

export function load(words: Int32Array, at: number): number {
  return Atomics.load(words, at);
}

export function store(words: Int32Array, at: number, value: number): void {
  Atomics.store(words, at, value);
}

/** Stores `value` if `expected` is there; gives what was there. */
export function compareExchange(
  words: Int32Array,
  at: number,
  expected: number,
  value: number,
): number {
  return Atomics.compareExchange(words, at, expected, value);
}

/** Stores `value`; gives what was there. */
export function exchange(words: Int32Array, at: number, value: number): number {
  return Atomics.exchange(words, at, value);
}

/** Adds `value`, wrapping around; gives what was there. */
export function add(words: Int32Array, at: number, value: number): number {
  return Atomics.add(words, at, value);
}

/** Blocks the thread until it is woken, unless something else than `value` is there. */
export function sleep(words: Int32Array, at: number, value: number, timeoutMs: number): Slept {
  return Atomics.wait(words, at, value, timeoutMs);
}

/** The same without blocking. It can't be taken back, and doesn't keep the program alive. */
export function sleepAsync(words: Int32Array, at: number, value: number): SleptAsync {
  return waitAsync(words, at, value);
}

/** Wakes the first `count` that sleep there; gives how many it woke. */
export function wake(words: Int32Array, at: number, count: number): number {
  return Atomics.notify(words, at, count);
}
