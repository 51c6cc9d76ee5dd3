import {
  ConcurrencyError,
  requireInteger,
  requireThat,
  scopeOf,
  type Wait,
} from "../../core/index.js";
import type {
  Executor,
  ExecutorMapOptions,
  ExecutorStats,
  Results,
  Source,
  SubmitOptions,
  Task,
  TaskFunction,
  TaskScope,
} from "../../task/index.js";
import type { AnyTask } from "../tasks/index.js";
import { CallerNotes } from "./caller-notes.js";
import { type MapPlace, mapOn } from "./executor-map.js";
import { Job } from "./job.js";
import { JobQueue } from "./job-queue.js";
import { StreamResults } from "./stream-results.js";
import { requireStreamTask, requireSubmitOptions, requireTask } from "./submit-options.js";

export interface JobExecutorOptions {
  /** For messages and traces. */
  readonly name?: string | undefined;
  /** Most tasks that wait while every place is taken: one more rejects. `Infinity` refuses nothing; 65,536 by default. */
  readonly capacity?: number | undefined;
}

export interface CloseOptions {
  /** True: tasks that have not started are cancelled. Those that run are waited for in any case. */
  readonly cancelWaiting?: boolean;
}

const DEFAULT_CAPACITY = 1 << 16;

/** What all executors show to their users. */
export abstract class JobExecutor<P extends object>
  extends JobQueue<P>
  implements Executor, MapPlace
{
  readonly #notes = new CallerNotes();
  #closing: Promise<void> | undefined;

  constructor(
    kind: string,
    { name, capacity = DEFAULT_CAPACITY }: JobExecutorOptions,
    { concurrency, runsHere = false }: { concurrency: number; runsHere?: boolean },
  ) {
    requireThat(name === undefined || typeof name === "string", "name", "a string", name);
    requireInteger("capacity", capacity, 0, true);
    const fullName = name === undefined ? kind : `${kind} "${name}"`;
    super({ name: fullName, capacity, concurrency, runsHere });
  }

  protected abstract readonly running: number;
  protected abstract readonly workers: number;
  /** Throws if `task` can't be run here. */
  protected abstract requireFit(task: AnyTask): void;
  /** Ends the workers. Nothing is inside any more. */
  protected abstract shutDown(): Promise<void>;
  abstract chunkSizeFor(task: AnyTask): number | undefined;

  submit<I, O>(task: TaskFunction<I, O>, input: I, options?: SubmitOptions): Task<Awaited<O>> {
    requireTask(task);
    const job = this.#newJob("submit", task, input, options);
    this.enter(job);
    return job as Task<unknown> as Task<Awaited<O>>;
  }

  offer<I, O>(
    task: TaskFunction<I, O>,
    input: I,
    options?: SubmitOptions,
  ): Promise<{ readonly task: Task<Awaited<O>> }> {
    requireTask(task);
    const job = this.#newJob("offer", task, input, options);
    const scope = scopeOf(options);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    const accepted = this.enterInTurn(job) ?? Promise.resolve({ task: job });
    return accepted as Promise<{ task: Task<unknown> }> as Promise<{ task: Task<Awaited<O>> }>;
  }

  stream<I, O>(
    task: (input: I, scope: TaskScope) => AsyncIterable<O>,
    input: I,
    options?: SubmitOptions,
  ): Results<O> {
    requireStreamTask(task);
    scopeOf(options); // a bad signal is told here, not at the first read
    const job = this.#newJob("stream", task, input, options);
    return new StreamResults<O>(job, this, () => this.enter(job));
  }

  map<I, O>(
    task: TaskFunction<I, O>,
    source: Source<I>,
    options: ExecutorMapOptions = {},
  ): Results<Awaited<O>> {
    requireTask(task);
    this.#requireOpen("map", task as AnyTask);
    return mapOn(this, task, source, options);
  }

  runItem(task: AnyTask, input: unknown, units: number, wait: Wait): PromiseLike<unknown> {
    const job = new Job(this, task, input, wait, undefined);
    job.units = units;
    return this.enterInTurn(job)?.then(() => job) ?? job;
  }

  /** Lets in a job that another executor made, which hands it on to this one. */
  admit(job: Job): void {
    this.enter(job);
  }

  stats(): ExecutorStats {
    const { running, workers } = this;
    const { completed, failed, cancelled } = this.ledger;
    return { workers, running, waiting: this.door.inside - running, completed, failed, cancelled };
  }

  close({ cancelWaiting = false }: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close();
    if (cancelWaiting) this.cancelWaiting();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #newJob(
    call: "submit" | "offer" | "stream",
    task: unknown,
    input: unknown,
    options: SubmitOptions | undefined,
  ): Job {
    if (options !== undefined) requireSubmitOptions(options);
    this.#requireOpen(call, task as AnyTask);
    return new Job(this, task as AnyTask, input, options, this.#notes.note(this[call]));
  }

  #requireOpen(call: string, task: AnyTask): void {
    this.requireFit(task);
    if (this.#closing !== undefined)
      throw new ConcurrencyError("CLOSED", `${call}() to the ${this.name}, which is closed`);
  }

  async #close(): Promise<void> {
    this.door.close();
    await this.door.whenEmpty();
    await this.shutDown();
    this.ledger.close();
  }
}
