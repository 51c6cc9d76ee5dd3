import { onlyCancelled, requireInteger } from "../../core/index.js";
import { type Job, JobExecutor, type JobExecutorOptions } from "../jobs/index.js";
import { InlineRun } from "./inline-run.js";

export interface InlineExecutorOptions extends JobExecutorOptions {
  /** Most tasks running at once; `Infinity` must be asked for. */
  readonly limit: number;
}

/** There is one place, the event loop. */
const HERE = {};

/**
 * Runs tasks on the event loop of whoever submits them: the place for work that waits for something, and
 * does not compute. Inputs and outputs are not copied, and `transfer` moves nothing.
 *
 * Cancellation: reaches the task by its scope. There is no worker to kill, so a task that does not heed it
 * keeps its place until it ends; `graceMs` does nothing here.
 * Errors: the task's own; a `TimeoutError`; `QUEUE_FULL`.
 *
 * @example
 * await using executor = new InlineExecutor({ limit: 10 });
 * console.log(await executor.submit(async (n: number) => n * 2, 21));
 * // prints:
 * // 42
 */
export class InlineExecutor extends JobExecutor<object> {
  protected override readonly workers = 1;
  readonly #runs = new Map<Job, InlineRun>();

  constructor(options: InlineExecutorOptions) {
    requireInteger("limit", options.limit, 1, true);
    super("InlineExecutor", options, { concurrency: options.limit, runsHere: true });
  }

  protected override get running(): number {
    return this.#runs.size;
  }

  override chunkSizeFor(): undefined {} // there is no message to save

  override grantCredit(job: Job, count: number): void {
    this.#runs.get(job)?.credit(count);
  }

  protected override requireFit(): void {}

  protected override findPlace(): object | undefined {
    return this.#runs.size < this.concurrency ? HERE : undefined;
  }

  protected override begin(job: Job): void {
    const run = new InlineRun(job);
    this.#runs.set(job, run);
    this.jobStarted(job);
    void job
      .inContext(() => run.start())
      .then(
        (value) => job.fulfil(value),
        (error: unknown) => job.fail(error, onlyCancelled(error, run)),
      );
  }

  protected override stopBegun(job: Job): void {
    this.#runs.get(job)?.cancel(job.stopping?.reason);
  }

  protected override begunSettled(job: Job): void {
    this.#runs.get(job)?.end();
    this.#runs.delete(job);
  }

  protected override takeBackAll(): void {} // what has begun here has started

  protected override async shutDown(): Promise<void> {}
}
