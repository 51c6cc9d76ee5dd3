import { WorkerPool, type WorkerPoolOptions } from "../pool/index.js";
import { ProcessBackend } from "./process-backend.js";

export type ProcessExecutorOptions = WorkerPoolOptions;

/**
 * Runs tasks in child processes: the place for work that computes and may crash, exhaust its memory, or
 * must not share a process with the rest. A process starts slower than a thread and takes more memory.
 *
 * Cancellation and errors: as {@link ThreadExecutor}. A process that is to end by force gets SIGKILL.
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
