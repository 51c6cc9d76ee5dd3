/** What a place is doing. */
export interface Load {
  readonly running: number;
  readonly waiting: number;
}

/** Where the function runs. */
export interface Place {
  /** For people: "threads x2". */
  readonly name: string;
  /** Why there, if it was chosen by what was measured. */
  readonly reason: string | undefined;
  /** Most inputs that it should be given before the first of them has ended. */
  readonly ahead: number;
  /** How long inputs may be given to it before the event loop gets a turn. */
  readonly sliceMs: number;
  /** The lines that the function gives for an input; at once if the function does. Throws or rejects as it does. */
  run(text: string, attempt: number): string | PromiseLike<string>;
  /** Set if nothing can be run any more: what every input has failed with since. */
  readonly broken?: unknown;
  load(): Load;
  /** Inputs that have not started reject as cancelled; others go on. */
  dismissWaiting(): void;
  /** Resolves when nothing runs any more. */
  close(): Promise<void>;
}
