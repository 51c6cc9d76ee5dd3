import type { Scope, Wait } from "../core/index.js";

/** What runs in a scope and is joined by whoever started it. */
export type Body<T> = (scope: Scope) => T | PromiseLike<T>;

export type TaskState = "running" | "fulfilled" | "rejected" | "cancelled";

/**
 * A running or finished child of a task group. Awaiting it gives the body's value, or rejects with the
 * body's own error. A task that nobody awaits is never an unhandled rejection: its group reports it.
 */
export interface Task<T> extends PromiseLike<T> {
  readonly id: number;
  readonly name: string;
  readonly state: TaskState;
  /** Cancels the task's scope. False if the task has settled or its scope is cancelled already. */
  cancel(reason?: unknown): boolean;
  /**
   * Waits for the task, as `await task` does.
   *
   * Cancellation: ends this wait with the scope's reason; the task runs on.
   */
  result(options?: Wait): Promise<T>;
}

export interface SpawnOptions {
  /** For messages and traces; the body's own name by default. */
  readonly name?: string;
  /** True: a cancel of the group does not reach this task; the group waits for it all the same. */
  readonly shielded?: boolean;
}
