import { ConcurrencyError, messageOf } from "../../core/index.js";
import { copyOf } from "../../shared/travel.js";
import { WorkerPool, type WorkerPoolOptions } from "../pool/index.js";
import { ThreadBackend } from "./thread-backend.js";

export interface ThreadExecutorOptions extends WorkerPoolOptions {
  /** What the initializer is given in each thread: data, shared memory, shared objects. */
  readonly initializerInput?: unknown;
}

/**
 * Runs tasks in worker threads: the place for work that computes. Threads start when there is work and end
 * when there has been none for a while; while idle they don't keep the program alive.
 *
 * Cancellation: the task's scope is cancelled; a thread whose task has not ended `graceMs` later is ended
 * and replaced. Tasks that it had not started go to another.
 * Errors: the task's own; `WORKER_LOST` if the thread died; `NOT_CLONEABLE`; `QUEUE_FULL`; `BROKEN` if
 * threads don't start.
 *
 * @example
 * await using pool = new ThreadExecutor({ workers: 2 });
 * console.log(await pool.submit((n: number) => n * 2, 21));
 * // prints:
 * // 42
 */
export class ThreadExecutor extends WorkerPool {
  constructor(options: ThreadExecutorOptions = {}) {
    requireCloneable(options.initializerInput);
    super("ThreadExecutor", new ThreadBackend(options.env, options.initializerInput), options);
  }
}

function requireCloneable(initializerInput: unknown): void {
  try {
    copyOf(initializerInput);
  } catch (cause) {
    const message = `initializerInput can't be sent to threads: ${messageOf(cause)}`;
    throw new ConcurrencyError("NOT_CLONEABLE", message, { cause });
  }
}
