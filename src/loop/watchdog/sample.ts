import type { SeenFrame } from "../frame.js";
import type { StalledTask } from "../running-task.js";

/** What a thread was doing at some moment of a stall. */
export interface Sample {
  /** The beats of the thread when it was asked: they tell samples of one stall from another's. */
  readonly beats: number;
  readonly atMs: number;
  /** The top of the stack first. Undefined if it did not answer then: it may have been in native code. */
  readonly frames: readonly SeenFrame[] | undefined;
  readonly call?: string;
  readonly task?: StalledTask | undefined;
}
