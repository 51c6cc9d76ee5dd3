import type { Machine } from "./machine.js";
import type { Profile } from "./profile.js";

/** Where a function can run. */
export type Model = "async" | "threads" | "processes";

/**
 * What decides how fast a function can go.
 *
 * - `io-bound`: it mostly waits, and leaves the loop to others meanwhile.
 * - `cpu-bound`: it computes.
 * - `blocking`: it holds the loop without computing: synchronous I/O, a wait on shared memory.
 * - `transfer-bound`: to bring its input and output to another thread costs too much for what it computes.
 * - `mixed`: it computes and waits.
 */
export type TaskClass = "io-bound" | "cpu-bound" | "blocking" | "transfer-bound" | "mixed";

/** What is expected of a function under one model. All times are real time, all figures finite. */
export interface Forecast {
  readonly model: Model;
  /** False if the function, its inputs or its outputs can't go there; `refusal` says why. */
  readonly possible: boolean;
  readonly refusal?: string;
  /** Calls per second; the start of the workers counts if the number of `items` is known. */
  readonly perSecond: number;
  /** Times the `perSecond` of async: {@link tried}, if it was, or else {@link predicted}. */
  readonly speedup: number;
  /** What it would be by what was measured of the function on this thread, and of the machine. */
  readonly predicted: number;
  /** What it is by what the sample did there when it was tried. */
  readonly tried?: number;
  /** How long one call, or what moves it elsewhere, holds this event loop. */
  readonly loopDelayMs: number;
  /** What it takes, here and there, to bring a call to its place and back. */
  readonly transferMs: number;
  /** Beyond what the program has now: workers, and what is under way. */
  readonly memoryMb: number;
  /** Until the first worker runs. */
  readonly startUpMs: number;
  /** What the forecast is for: most calls at once, workers, and tasks at once in each. */
  readonly limit: number;
  readonly workers: number;
  readonly tasksPerWorker: number;
}

/** What {@link advise} found: plain data, which JSON keeps whole. */
export interface Advice {
  /** The model to run it under. */
  readonly model: Model;
  readonly class: TaskClass;
  /** One sentence. */
  readonly reason: string;
  /** All models: the advised one, then the others by what they promise, then those that are impossible. */
  readonly ranking: readonly Forecast[];
  /** What the function was measured to do. */
  readonly profile: Profile;
  /** What this machine was measured to do. */
  readonly machine: Machine;
  /** What one should know before believing it: failed calls, a short sample. */
  readonly warnings: readonly string[];
}
