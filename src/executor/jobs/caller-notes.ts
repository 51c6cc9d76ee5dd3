/** To note where a caller stands takes microseconds, as long as a small task. */
const NOTED_PER_TURN = 2;

/**
 * Where tasks were submitted, for the stacks of their errors. In one turn of the loop only the first few
 * callers are noted; a loop that submits thousands stands at one line, and shares the last note.
 */
export class CallerNotes {
  #left = NOTED_PER_TURN;
  #last: { stack?: string } | undefined;

  /** Frames down to and with `submitFrame`, ours, are left out. */
  note(submitFrame: (...args: never[]) => unknown): { stack?: string } | undefined {
    if (this.#left === 0) return this.#last;
    if (this.#left === NOTED_PER_TURN) queueMicrotask(this.#newTurn);
    this.#left -= 1;
    this.#last = {};
    Error.captureStackTrace(this.#last, submitFrame);
    return this.#last;
  }

  readonly #newTurn = (): void => {
    this.#left = NOTED_PER_TURN;
    this.#last = undefined;
  };
}
