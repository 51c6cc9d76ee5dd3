import type { FrameHandler } from "./frame.js";

/** What a link tells its owner. */
export interface LinkEvents {
  readonly frame: FrameHandler;
  /** The value of a frame that was to be sent can't be cloned: nothing has been sent. */
  unsendable(kind: number, seq: number, error: unknown): void;
  /** A frame has come whose value can't be rebuilt here: it is nested too deep for this stack, say. */
  unreadable(kind: number, seq: number, error: unknown): void;
}

/**
 * One end of the way between a pool and a worker. Frames arrive in the order in which they were sent,
 * each once, as long as the other end lives.
 */
export interface Link {
  /** Takes a frame. It leaves with the next {@link flush}, which comes by itself at the end of the turn; or sooner, if it is long. */
  send(
    kind: number,
    seq: number,
    a: number,
    b: number,
    value: unknown,
    transfer?: readonly object[],
  ): void;
  flush(): void;
  /**
   * How long results of short runs are gathered before they are flushed: several times what that costs both ends. A run
   * that turns out to be long holds them up.
   */
  readonly gatherMs: number;
  /**
   * Puts what was sent where the other end finds it without being woken, at once or with the next store of
   * {@link WORD.started}: so what is finished is not lost if the run that starts then is the last.
   */
  show(): void;
  /** Reads what has come, and tells the owner of each frame. True if there was any. */
  drain(): boolean;
}
