import type { Scope, Wait } from "../core/index.js";
import type { Task } from "./task.js";

/**
 * One input, one scope, one output: the shape of work that runs anywhere. An async generator gives
 * several outputs for its input.
 */
export type TaskFunction<I, O> = (
  input: I,
  scope: TaskScope,
) => O | PromiseLike<O> | AsyncIterable<O>;

/** The scope of one run of a task function. */
export interface TaskScope extends Scope {
  /** 1 for the first run, 2 for the first retry. */
  readonly attempt: number;
  /** Tells whoever submitted the task how far it is; nobody need listen. */
  report(progress: unknown): void;
}

/** A place to run task functions. */
export interface Executor {
  /** Runs `task` with `input`; the wait's signal cancels the run. */
  submit<I, O>(task: TaskFunction<I, O>, input: I, options?: Wait): Task<Awaited<O>>;
}
