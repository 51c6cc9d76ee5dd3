import { Job } from "../../executor/jobs/index.js";
import { ThreadExecutor, type ThreadExecutorOptions } from "../../executor/index.js";
import type { SubmitOptions } from "../../task/index.js";

/** A job of an outer executor, as the pool sees it that runs it. */
class HandedJob extends Job {
  /** The pool could not run it, and has not. */
  refused = false;

  override refuse(error: unknown): void {
    this.refused = true;
    super.refuse(error);
  }
}

/** What becomes of a job that was handed over. */
export interface Handed {
  settled(job: Job, inner: Job, refused: boolean): void;
}

/** How much work is sent ahead of what runs. */
const AHEAD_MS = 2;
const MOST_AHEAD = 32;

/** Threads that an executor hands jobs on to. They take what it gives them, and no more than they soon run. */
export class ThreadPlace {
  readonly pool: ThreadExecutor;
  readonly #places: number;
  readonly #workers: number;
  readonly #inner = new Map<Job, HandedJob>();

  constructor(options: ThreadExecutorOptions & { workers: number; tasksPerWorker: number }) {
    this.pool = new ThreadExecutor({ ...options, capacity: Infinity });
    this.#workers = options.workers;
    this.#places = options.workers * options.tasksPerWorker;
  }

  get handed(): number {
    return this.#inner.size;
  }

  get running(): number {
    return Math.min(this.#inner.size, this.pool.stats().running); // those of warm() are nobody's
  }

  /** Starts the workers. Resolves when the first one runs; rejects if they don't start. */
  async warm(): Promise<void> {
    const starts = Array.from({ length: this.#workers }, () =>
      this.pool.submit(nothing, undefined),
    );
    await Promise.all(starts);
  }

  /** True if a job that takes so long would soon start. */
  hasRoom(job: Job, jobMs: number): boolean {
    // What waits here would not hear that its time in line is over.
    const { queueTimeoutMs } = job.options;
    const ahead = queueTimeoutMs === undefined ? aheadOf(jobMs) * this.#workers : 0;
    return this.#inner.size < this.#places + ahead;
  }

  hand(job: Job, to: Handed): void {
    const { signal: _, queueTimeoutMs: __, priority: ___, ...options } = optionsOf(job);
    job.timer?.stop();
    const progress = { onProgress: (value: unknown) => job.report(value) };
    const inner = new HandedJob(
      this.pool,
      job.task,
      job.input,
      { ...options, priority: job.priority, ...(options.onProgress && progress) },
      job.submittedAt,
    );
    inner.units = job.units;
    inner.sink = job.sink;
    this.#inner.set(job, inner);
    this.pool.admit(inner);
    const end = (): void => {
      this.#inner.delete(job);
      to.settled(job, inner, inner.refused);
    };
    inner.then(end, end);
  }

  cancel(job: Job): void {
    this.#inner.get(job)?.cancel(job.stopping?.reason);
  }

  credit(job: Job, count: number): void {
    const inner = this.#inner.get(job);
    if (inner !== undefined) this.pool.grantCredit(inner, count);
  }
}

/** A scope can be given as options: its getters are not its own, and none but the signal is meant. */
function optionsOf({ options, givenName }: Job): SubmitOptions {
  return "throwIfCancelled" in options ? {} : { ...options, name: givenName };
}

function aheadOf(jobMs: number): number {
  return Math.min(MOST_AHEAD, Math.floor(AHEAD_MS / Math.max(jobMs, 0.01)));
}

// Sent by its text.
function nothing(): void {}
