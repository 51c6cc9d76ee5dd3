import { ConcurrencyError, messageOf } from "../../core/index.js";
import { type PackedError, unpackError } from "../errors/index.js";
import type { Job } from "../jobs/index.js";
import { ChunkFailure, firstUncloneable, type PackedChunkFailure } from "../tasks/index.js";
import { type Items, KIND } from "../wire/index.js";
import type { WorkerEvents, WorkerExit } from "./backend.js";
import type { PoolWorker } from "./pool-worker.js";

/** What a pool hears of its workers. */
export interface WorkerNews {
  ready(worker: PoolWorker): void;
  /** It will not start: its initializer failed, or took too long. */
  unfit(worker: PoolWorker, error: unknown): void;
  started(job: Job): void;
  /** It had been silent, and answers. */
  heardOf(worker: PoolWorker): void;
  /** A job that was sent ahead is the pool's again. */
  gaveBack(worker: PoolWorker, job: Job): void;
  /** It uses more memory than it may. */
  grown(worker: PoolWorker): void;
  exited(worker: PoolWorker, exit: WorkerExit): void;
}

/** Reads what a worker sends. Runs that its pool has taken back or given up are passed over. */
export class WorkerInbox implements WorkerEvents {
  readonly #worker: PoolWorker;
  readonly #news: WorkerNews;
  /** What the worker said that it dies of. */
  #lastWords: unknown;

  constructor(worker: PoolWorker, news: WorkerNews) {
    this.#worker = worker;
    this.#news = news;
  }

  readonly frame = (kind: number, seq: number, a: number, b: number, value: unknown): void => {
    if (this.#worker.pulse.silent) this.#news.heardOf(this.#worker);
    if (kind === KIND.ready) this.#news.ready(this.#worker);
    else if (kind === KIND.unfit)
      this.#news.unfit(this.#worker, unpackError(value as PackedError, undefined));
    else if (kind === KIND.grown) this.#news.grown(this.#worker);
    else if (kind === KIND.crashed) this.#lastWords = unpackError(value as PackedError, undefined);
    else {
      const job = this.#worker.jobOf(seq);
      if (job !== undefined) this.#jobFrame(job, kind, a, b, value);
    }
  };

  unsendable(kind: number, seq: number, error: unknown): void {
    const job = kind === KIND.run ? this.#worker.jobOf(seq) : undefined;
    if (job === undefined) return;
    const refusal = new ConcurrencyError(
      "NOT_CLONEABLE",
      `the input of task "${job.name}" can't be sent to ${this.#worker.name}: ${messageOf(error)}`,
      { cause: error },
    );
    job.refuse(job.units === 1 ? refusal : refusedChunk(refusal, job.input as Items));
  }

  unreadable(kind: number, seq: number, error: unknown): void {
    const job = this.#worker.jobOf(seq);
    if (job === undefined) return;
    const refusal = new ConcurrencyError(
      "NOT_CLONEABLE",
      `what task "${job.name}" gave can't be rebuilt here: ${messageOf(error)}`,
      { cause: error },
    );
    if (kind === KIND.done || kind === KIND.failed) job.fail(refusal, false);
    else job.cancel(refusal); // it runs on: a stream must not go on as if nothing were missing
  }

  exited(exit: WorkerExit): void {
    this.#news.exited(this.#worker, { ...exit, error: exit.error ?? this.#lastWords });
  }

  #jobFrame(job: Job, kind: number, a: number, b: number, value: unknown): void {
    switch (kind) {
      case KIND.done:
        measure(job, b);
        return job.fulfil(value);
      case KIND.failed:
        measure(job, b);
        return job.fail(failureOf(job, value), a === 1);
      case KIND.started:
        return this.#news.started(job);
      case KIND.gaveBack:
        if (job.options.transfer !== undefined) job.input = value;
        return this.#news.gaveBack(this.#worker, job);
      case KIND.progress:
        return job.report(value);
      case KIND.item:
        return job.sink?.item(value);
    }
  }
}

function failureOf(job: Job, value: unknown): unknown {
  const { error, outputs } = value as Partial<PackedChunkFailure>;
  // A chunk that failed before its first input says so as any other run does.
  if (error === undefined || outputs === undefined)
    return unpackError(value as PackedError, job.submittedAt?.stack);
  return new ChunkFailure(unpackError(error, undefined), outputs);
}

/** None of the chunk has run; the failure is that of the input that could not be sent. */
function refusedChunk(refusal: unknown, { values }: Items): ChunkFailure {
  return new ChunkFailure(refusal, [], Math.max(0, firstUncloneable(values)));
}

function measure(job: Job, tenthsOfUs: number): void {
  const { ref } = job;
  if (ref === undefined || tenthsOfUs < 0) return;
  ref.averageUs = tenthsOfUs / 10;
}
