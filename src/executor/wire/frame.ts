/**
 * What a pool and a worker say to each other. A frame is a head of six 32-bit words and a value:
 *
 *   size in bytes | kind and tag of the value | seq | a | b | the value, if small, or its length | value ...
 *
 * Each frame starts at a multiple of eight, so that its words can be read in place.
 */
const HEAD_WORDS = 6;
export const HEAD_BYTES: number = HEAD_WORDS * 4;

/** Kinds of frames. `seq` is the task's number at this worker, which wraps around. */
export const KIND = {
  /** To the worker: how to find the function `a`. The value is its address. */
  define: 1,
  /** To the worker: what the run `seq`, which comes next, has beside its input. */
  setup: 2,
  /** To the worker: run the function `a` with this input, if the worker's epoch is still `b`. */
  run: 3,
  /** To the worker: the run is cancelled, for this reason. */
  cancel: 4,
  /** To the worker: the reader of a stream has room for `a` more. */
  credit: 5,
  /** To the worker: end yourself. */
  close: 6,
  /** To the pool: the worker can run tasks. */
  ready: 7,
  /** To the pool: the initializer failed with this. */
  unfit: 8,
  /** To the pool: a run that asked to be told has started. */
  started: 9,
  /** To the pool: the run gave this value; `b` is how long such runs take, in tenths of a microsecond. */
  done: 10,
  /** To the pool: the run failed with this; `a` is 1 if only because it was cancelled; `b` as above. */
  failed: 11,
  /** To the pool: the run was not started, because the pool had asked for it back. The value is an input that was moved. */
  gaveBack: 12,
  /** To the pool: the run reports this. */
  progress: 13,
  /** To the pool: the next output of a stream. */
  item: 14,
  /** To the pool: the worker dies of this error. */
  crashed: 15,
  /** To the pool: the worker uses more memory than it may. */
  grown: 16,
} as const;

/** Hears of the frames that come in. */
export type FrameHandler = (
  kind: number,
  seq: number,
  a: number,
  b: number,
  value: unknown,
) => void;
