/**
 * A few 32-bit words that a pool and a worker both see at once, also while the worker's loop is busy, and
 * after its death: shared memory for a thread, a file for a process. Loads and stores of all words happen
 * in one order that both sides agree on (sequential consistency); the protocol in `Starts` stands on that.
 */
export interface Words {
  /** True if a load costs nothing to speak of. */
  readonly instant: boolean;
  load(index: number): number;
  store(index: number, value: number): void;
}

/** What the words mean. */
export const WORD = {
  /** Written by the worker: the run that it has started last. */
  started: 0,
  /** Written by the pool: runs of an older epoch are not to be started. */
  epoch: 1,
  /** Written by the pool: 1 if the worker may spin for a moment before it sleeps. */
  maySpin: 2,
  /** Written by the pool: the first of {@link CANCEL_WORDS} places; that of a run holds its number once it is cancelled. */
  cancelled: 3,
} as const;

/**
 * How many places there are for cancels, and as many for the time limits (in ms, 0 for none) that are the reason.
 * Two runs whose numbers agree modulo this share a place. The later cancel hides the earlier then, and a
 * loop that is blocked for so long hears of it by the frame only.
 */
const CANCEL_WORDS = 61;

export const WORD_COUNT: number = WORD.cancelled + 2 * CANCEL_WORDS;

export function cancelWordOf(seq: number): number {
  return WORD.cancelled + ((seq & 0x7fffffff) % CANCEL_WORDS);
}

export function limitWordOf(seq: number): number {
  return cancelWordOf(seq) + CANCEL_WORDS;
}
