import type { Job } from "../jobs/index.js";
import { WORD, type Words } from "../wire/index.js";

/**
 * Which of the runs that a worker was sent have started, and the way to take back the others.
 *
 * It needs no answer from the worker, whose loop may be busy for ever:
 *
 *  1. The pool raises the epoch, and then reads which run was started last.
 *  2. Before each run the worker notes it as started, and then reads the epoch. If that has been raised
 *     since the run was sent, it doesn't start it and gives it back.
 *
 * Runs start in the order in which they were sent, so all after the one that was read in step 1 are the
 * pool's again: whenever the worker comes to them, it reads the new epoch. One that was noted as started
 * stays the worker's, which either runs it or says that it gave it back. (`taking-back.pml` states this for
 * a model checker.)
 */
export class Starts {
  readonly #words: Words;
  #epoch = 0;

  constructor(words: Words) {
    this.#words = words;
  }

  /** Runs that are sent now carry this. */
  get epoch(): number {
    return this.#epoch;
  }

  /** From here on no run of an earlier epoch starts, except those that {@link has} says have started. */
  raiseEpoch(): void {
    this.#epoch = (this.#epoch + 1) | 0;
    this.#words.store(WORD.epoch, this.#epoch);
  }

  /** True if the run has started, or was about to. */
  has(job: Job): boolean {
    return isStarted(this.#words.load(WORD.started), job);
  }

  /** Those of `jobs`, which stand in order, that have not started. They are the last ones. */
  unstarted(jobs: readonly Job[]): Job[] {
    const last = this.#words.load(WORD.started); // one look for all
    return jobs.filter((job) => !isStarted(last, job));
  }

  /** How many runs have not started of those up to this number. */
  before(seq: number): number {
    return (seq - this.#words.load(WORD.started)) | 0;
  }
}

/** Numbers wrap around, so their order is that of their difference; 0 is the number of none. */
function isStarted(last: number, job: Job): boolean {
  return last !== 0 && ((last - job.seq) | 0) >= 0;
}
