import { WorkerPool, type WorkerPoolOptions } from "../pool/index.js";
import { ProcessBackend } from "./process-backend.js";

export type ProcessExecutorOptions = WorkerPoolOptions;

/**
 * Runs tasks in child processes: the place for work that computes and may crash, exhaust its memory, or
 * must not share a process with the rest. A process starts slower than a thread and takes more memory.
 *
 * Idle processes don't keep the program alive, and end with it. If it is killed by SIGKILL they end when
 * they see that, which one in an endless loop never does.
 *
 * Cancellation: as {@link ThreadExecutor}. A process that is to end by force gets SIGKILL.
 * Errors: as {@link ThreadExecutor}.
 *
 * @example
 * await using pool = new ProcessExecutor({ workers: 2 });
 * console.log(await pool.submit((n: number) => n * 2, 21));
 * // prints:
 * // 42
 */
export class ProcessExecutor extends WorkerPool {
  constructor(options: ProcessExecutorOptions = {}) {
    super("ProcessExecutor", new ProcessBackend(options.env), options);
  }
}
