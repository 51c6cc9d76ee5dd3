import { ConcurrencyError } from "../../core/index.js";
import type { WorkerExit } from "./backend.js";

/**
 * The worker that ran the task has died, or was killed because another of its tasks would not stop. The
 * task is not run again; `cause` is what the worker died of, if it could tell. Its `code` is `WORKER_LOST`.
 */
export class WorkerLostError extends ConcurrencyError {
  override name = "WorkerLostError";
  /** What it exited with, if it did by itself. */
  readonly exitCode: number | undefined;
  /** The signal that ended it. */
  readonly signal: string | undefined;
  /** The name of the task that it ran. */
  readonly task: string;

  constructor(worker: string, task: string, exit: WorkerExit) {
    const how =
      exit.signal === undefined
        ? `exited with code ${exit.exitCode}`
        : `was killed by ${exit.signal}`;
    super(
      "WORKER_LOST",
      `${worker} ${how} while it ran task "${task}"`,
      exit.error === undefined ? undefined : { cause: exit.error },
    );
    this.exitCode = exit.exitCode;
    this.signal = exit.signal;
    this.task = task;
  }
}
