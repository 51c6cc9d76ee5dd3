import {
  CancelledError,
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
import { CallerNotes } from "./caller-notes.js";
import { Door } from "./door.js";
import { mapOn } from "./executor-map.js";
import { Job, type JobOwner, NO_OPTIONS } from "./job.js";
import { JobLine } from "./job-line.js";
import { OneTimer } from "./one-timer.js";
import { StreamResults } from "./stream-results.js";
import { requireStreamTask, requireSubmitOptions, requireTask } from "./submit-options.js";
import type { AnyTask } from "../tasks/index.js";
import { UnheardFailures } from "./unheard.js";

export interface JobExecutorOptions {
  /** For messages and traces. */
  readonly name?: string | undefined;
  /** Most tasks that wait while every place is taken; `Infinity` refuses nothing. 65,536 by default. */
  readonly capacity?: number | undefined;
}

export interface CloseOptions {
  /** True: tasks that have not started are cancelled. Those that run are waited for in any case. */
  readonly cancelWaiting?: boolean;
}

const DEFAULT_CAPACITY = 1 << 16;

/**
 * What all executors do alike: take jobs in, keep them in line, count them, close. Where they run is for
 * the subclasses to say.
 *
 * Invariant: a job is counted in flight from its acceptance until it has settled.
 */
export abstract class JobExecutor<P extends object> implements Executor, JobOwner {
  readonly name: string;
  /** How many jobs can run at once when all workers are there. */
  readonly concurrency: number;
  protected readonly line: JobLine = new JobLine();
  readonly #door: Door;
  readonly #notes = new CallerNotes();
  readonly #unheard: UnheardFailures;
  readonly #runsHere: boolean;
  #pumping = false;
  #completed = 0;
  #failed = 0;
  #cancelled = 0;
  #closing: Promise<void> | undefined;

  constructor(
    kind: string,
    options: JobExecutorOptions,
    { concurrency, runsHere = false }: { concurrency: number; runsHere?: boolean },
  ) {
    const { name, capacity = DEFAULT_CAPACITY } = options;
    requireThat(name === undefined || typeof name === "string", "name", "a string", name);
    requireInteger("capacity", capacity, 0, true);
    this.name = name === undefined ? kind : `${kind} "${name}"`;
    this.concurrency = concurrency;
    this.#door = new Door(this.name, capacity, concurrency, () => this.pump());
    this.#runsHere = runsHere;
    this.#unheard = new UnheardFailures(this.name);
  }

  protected abstract readonly running: number;
  protected abstract readonly workers: number;
  /** Throws if `task` can't be run here. */
  protected abstract requireFit(task: AnyTask): void;
  /** Where `job` can begin now, if anywhere. */
  protected abstract findPlace(job: Job): P | undefined;
  /** Runs `job` at `place`, or hands it over to be run there. */
  protected abstract begin(job: Job, place: P): void;
  /** A job that has begun is to stop. */
  protected abstract stopBegun(job: Job): void;
  /** A job that has begun has settled: its place may be free. */
  protected abstract begunSettled(job: Job): void;
  /** Takes back what has begun and not started. */
  protected abstract takeBackAll(): void;
  protected abstract shutDown(): Promise<void>;
  abstract grantCredit(job: Job, count: number): void;

  submit<I, O>(task: TaskFunction<I, O>, input: I, options?: SubmitOptions): Task<Awaited<O>> {
    requireTask(task);
    const job = this.#newJob("submit", task, input, options);
    this.#enter(job);
    return job as Task<unknown> as Task<Awaited<O>>;
  }

  offer<I, O>(
    task: TaskFunction<I, O>,
    input: I,
    options?: SubmitOptions,
  ): Promise<{ readonly task: Task<Awaited<O>> }> {
    requireTask(task);
    const job = this.#newJob("offer", task, input, options);
    const accepted = this.#enterInTurn(job) ?? Promise.resolve({ task: job });
    return accepted as Promise<{ task: Task<unknown> }> as Promise<{ task: Task<Awaited<O>> }>;
  }

  stream<I, O>(
    task: (input: I, scope: TaskScope) => AsyncIterable<O>,
    input: I,
    options?: SubmitOptions,
  ): Results<O> {
    requireStreamTask(task);
    const job = this.#newJob("stream", task, input, options);
    return new StreamResults<O>(job, this, () => this.#enter(job));
  }

  map<I, O>(
    task: TaskFunction<I, O>,
    source: Source<I>,
    options?: ExecutorMapOptions,
  ): Results<Awaited<O>> {
    requireTask(task);
    this.#requireOpen("map", task as AnyTask);
    return mapOn(this, task, source, options ?? {});
  }

  /** Runs one item of a map, or a chunk of `units` of them. It waits for room, as a map pulls. */
  runItem(task: AnyTask, input: unknown, units: number, wait: Wait): PromiseLike<unknown> {
    const job = new Job(this, task, input, wait, undefined);
    job.units = units;
    return this.#enterInTurn(job)?.then(() => job) ?? job;
  }

  /** How many items of a map should go to `task` at once; undefined: always one. */
  abstract chunkSizeFor(task: AnyTask): number | undefined;

  stats(): ExecutorStats {
    const { running } = this;
    return {
      workers: this.workers,
      running,
      waiting: this.#door.inside - running,
      completed: this.#completed,
      failed: this.#failed,
      cancelled: this.#cancelled,
    };
  }

  close({ cancelWaiting = false }: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close();
    if (cancelWaiting) this.#cancelWaiting();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  stopJob(job: Job): void {
    if (job.place === "begun") return this.stopBegun(job);
    if (job.place === "in line") this.line.remove(job);
    job.endStopped();
  }

  jobSettled(job: Job): void {
    if (job.state === "fulfilled") this.#completed += 1;
    else if (job.state === "cancelled") this.#cancelled += 1;
    else {
      this.#failed += 1;
      if (!job.heard) this.#unheard.add(job);
    }
    const { place } = job;
    if (place === "nowhere") return; // it was never let in
    job.place = "nowhere";
    if (place === "begun") this.begunSettled(job);
    this.#door.leave();
    this.pump();
  }

  #requireOpen(call: string, task: AnyTask): void {
    this.requireFit(task);
    if (this.#closing !== undefined)
      throw new ConcurrencyError("CLOSED", `${call}() to the ${this.name}, which is closed`);
  }

  /** Begins what can begin, and lets offers in where there is room. */
  protected pump(): void {
    if (this.#pumping) return; // called from within the loop, which goes on
    this.#pumping = true;
    let job = this.line.first();
    while (job !== undefined && this.#tryBegin(job)) job = this.line.first();
    this.#pumping = false;
    const next = this.#door.next();
    if (next !== undefined) this.#letIn(next);
  }

  /** The run of `job` has started. */
  protected jobStarted(job: Job): void {
    const { timeoutMs } = job.options;
    if (timeoutMs === undefined) job.timer?.stop();
    else {
      job.timer ??= new OneTimer();
      const message = `task "${job.name}" timed out after ${timeoutMs} ms`;
      job.timer.start(() => job.expire(message), timeoutMs);
    }
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

  #enter(job: Job): void {
    const scope = job.options === NO_OPTIONS ? undefined : scopeOf(job.options);
    if (scope?.cancelled) job.cancel(scope.reason);
    else if (this.#door.full) job.fail(this.#door.refusal(job), false);
    else this.#letIn(job);
  }

  /** Gives a promise if `job` has to wait for room. */
  #enterInTurn(job: Job): Promise<{ task: Job }> | undefined {
    const scope = scopeOf(job.options);
    if (!this.#door.full || scope?.cancelled) {
      this.#enter(job);
      return undefined;
    }
    if (this.#runsHere) job.keepContext();
    return this.#door.wait(job, scope);
  }

  #letIn(job: Job): void {
    this.#door.enter();
    if (job.options !== NO_OPTIONS) this.#watch(job);
    if (this.line.size === 0 && !this.#pumping && this.#tryBegin(job)) return;
    job.place = "in line";
    this.line.add(job);
    this.pump();
    if (this.#runsHere && job.place === "in line") job.keepContext();
  }

  /** Lets the job be cancelled from outside, and by the time that it may wait. */
  #watch(job: Job): void {
    scopeOf(job.options)?.register(job);
    const { queueTimeoutMs } = job.options;
    if (queueTimeoutMs === undefined) return;
    job.timer = new OneTimer();
    const message = `task "${job.name}" waited more than ${queueTimeoutMs} ms for its start`;
    job.timer.start(() => job.expire(message), queueTimeoutMs);
  }

  #tryBegin(job: Job): boolean {
    const place = this.findPlace(job);
    if (place === undefined) return false;
    if (job.place === "in line") this.line.remove(job);
    job.place = "begun";
    job.at = place;
    this.begin(job, place);
    return true;
  }

  async #close(): Promise<void> {
    this.#door.close();
    await this.#door.whenEmpty();
    await this.shutDown();
    this.#unheard.reportAll();
  }

  #cancelWaiting(): void {
    this.takeBackAll();
    const reason = new CancelledError(`the ${this.name} was closed before the task could start`);
    for (let job = this.line.first(); job !== undefined; job = this.line.first())
      job.cancel(reason);
  }
}
