import type { StallFrame } from "./frame.js";
import type { StalledTask } from "./running-task.js";

/**
 * What kept the loop, as far as the place tells: a loop that computes, a regular expression, a synchronous
 * call to the file system, a child process, `Atomics.wait` or a lock, JSON, crypto, compression, the garbage
 * collector.
 */
export type StallKind =
  | "cpu"
  | "regexp"
  | "sync-io"
  | "child-process"
  | "wait"
  | "json"
  | "crypto"
  | "zlib"
  | "gc"
  | "unknown";

/** A stretch of time in which a thread's event loop did not turn. */
export interface StallReport {
  /** The id of the process, if it is a worker of a `ProcessExecutor` and not the program itself. */
  readonly process: number | undefined;
  /** The thread: 0 is the main thread. */
  readonly thread: number;
  /** When it began, in milliseconds since 1970. */
  readonly startedAtMs: number;
  /** For how long at least; it may be longer by the time between two beats, the threshold. */
  readonly durationMs: number;
  /** True if it has not ended yet. */
  readonly lasting: boolean;
  /** The culprit first, then its callers. Empty if none is certain: nobody is blamed on suspicion. */
  readonly frames: readonly StallFrame[];
  /** The native call in which the culprit was, such as `JSON.parse`, if it is known. */
  readonly call: string | undefined;
  readonly task: StalledTask | undefined;
  /** The part of the time that went to the garbage collector, from 0 to 1; 0 while it lasts, since that is told later. */
  readonly gcShare: number;
  readonly kind: StallKind;
  /** What to do about it, in one sentence. */
  readonly cure: string;
  /** Why there are no frames. */
  readonly unknownBecause: string | undefined;
}
