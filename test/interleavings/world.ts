/** What a simulated thread is given. */
export interface World<Objects> {
  readonly objects: Objects;
  /** Plain memory that all threads share, to see what happens where they should not meet. */
  readonly plain: Int32Array;
  /** Another thread may go on here. */
  readonly step: () => void;
  /** Runs `run` at any time when this thread waits for something. */
  readonly later: (run: () => void) => void;
}

/** What one thread does. */
type Play<Objects> = { bivarianceHack(world: World<Objects>): unknown }["bivarianceHack"];

/** A small program of a few threads, and what must hold however they take turns. */
export interface Scenario<Objects = object> {
  /** Makes the shared objects. */
  make(): Objects;
  readonly threads: readonly Play<Objects>[];
  /** Threads that may die at any access to memory, one in a run; the first cleans up after it. */
  readonly mayDie?: readonly number[];
  /** Throws if the run went wrong. A thread that died has no result. */
  check(results: readonly unknown[], plain: Int32Array): void;
}
