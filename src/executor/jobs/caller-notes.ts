import { NEARBY } from "../errors/index.js";

/** Where a task was submitted. The text is made when somebody looks at it. */
export interface CallerNote {
  readonly stack?: string | undefined;
}

/** To note where a caller stands takes microseconds, as long as a small task. */
const NOTED_PER_TURN = 2;

/**
 * Where tasks were submitted, for the stacks of their errors. In one turn of the loop only the first
 * callers are noted. A loop that submits thousands stands at one line; the others are told that they stood
 * near the last one.
 */
export class CallerNotes {
  #left = NOTED_PER_TURN;
  #last: CallerNote | undefined;
  #nearby: CallerNote | undefined;

  /** Frames down to and with `submitFrame`, ours, are left out. */
  note(submitFrame: (...args: never[]) => unknown): CallerNote | undefined {
    if (this.#left === 0) return (this.#nearby ??= new Nearby(this.#last));
    if (this.#left === NOTED_PER_TURN) queueMicrotask(this.#newTurn);
    this.#left -= 1;
    this.#last = {};
    Error.captureStackTrace(this.#last, submitFrame);
    return this.#last;
  }

  readonly #newTurn = (): void => {
    this.#left = NOTED_PER_TURN;
    this.#last = undefined;
    this.#nearby = undefined;
  };
}

class Nearby implements CallerNote {
  readonly #note: CallerNote | undefined;

  constructor(note: CallerNote | undefined) {
    this.#note = note;
  }

  get stack(): string {
    return `${NEARBY}\n${this.#note?.stack ?? ""}`;
  }
}
