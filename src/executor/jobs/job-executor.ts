import {
  CancelledError,
  ConcurrencyError,
  requireInteger,
  requireThat,
  scopeOf,
  WaitQueue,
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
import { mapOn } from "./executor-map.js";
import { Job, type JobOwner } from "./job.js";
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
  protected readonly line: JobLine = new JobLine();
  readonly #capacity: number;
  readonly #notes = new CallerNotes();
  readonly #unheard: UnheardFailures;
  /** Offers, each with the job that waits for room. */
  readonly #offers: WaitQueue<{ task: Job }, Job>;
  #inFlight = 0;
  #pumping = false;
  #completed = 0;
  #failed = 0;
  #cancelled = 0;
  #closing: Promise<void> | undefined;
  readonly #idle: WaitQueue;

  readonly #runsHere: boolean;

  constructor(
    kind: string,
    options: JobExecutorOptions,
    { runsHere = false }: { runsHere?: boolean } = {},
  ) {
    const { name, capacity = DEFAULT_CAPACITY } = options;
    requireThat(name === undefined || typeof name === "string", "name", "a string", name);
    requireInteger("capacity", capacity, 0, true);
    this.name = name === undefined ? kind : `${kind} "${name}"`;
    this.#capacity = capacity;
    this.#runsHere = runsHere;
    this.#unheard = new UnheardFailures(this.name);
    this.#offers = new WaitQueue(`room in the ${this.name}`, () => this.pump());
    this.#idle = new WaitQueue(`the end of the ${this.name}`);
  }

  /** How many jobs can run at once when all workers are there. */
  protected abstract readonly concurrency: number;
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
    const scope = scopeOf(options);
    const mustWait = this.#full && !scope?.cancelled;
    if (!mustWait) this.#enter(job);
    const accepted = mustWait ? this.#offers.wait(scope, job) : Promise.resolve({ task: job });
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
    return mapOn(this, this.concurrency, task, source, options ?? {});
  }

  stats(): ExecutorStats {
    const { running } = this;
    return {
      workers: this.workers,
      running,
      waiting: this.#inFlight - running,
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
    this.#inFlight -= 1;
    if (place === "begun") this.begunSettled(job);
    if (this.#inFlight === 0) this.#idle.wakeAll();
    this.pump();
  }

  protected get closed(): boolean {
    return this.#closing !== undefined;
  }

  /** Begins what can begin, and lets offers in where there is room. */
  protected pump(): void {
    if (this.#pumping) return; // called from within the loop, which goes on
    this.#pumping = true;
    for (let job = this.line.first(); job !== undefined; job = this.line.first()) {
      const place = this.findPlace(job);
      if (place === undefined) break;
      this.line.remove(job);
      job.place = "begun";
      job.at = place;
      this.begin(job, place);
    }
    this.#pumping = false;
    if (this.#offers.size > 0 && this.#hasRoom) this.#letOfferIn();
  }

  /** The run of `job` has started. */
  protected jobStarted(job: Job): void {
    if (job.stopping !== undefined) return; // the news is older than the cancel, whose grace runs
    const { timeoutMs } = job.options;
    if (timeoutMs === undefined) job.timer?.stop();
    else {
      job.timer ??= new OneTimer();
      const message = `task "${job.name}" timed out after ${timeoutMs} ms`;
      job.timer.start(() => job.expire(message), timeoutMs);
    }
  }

  get #hasRoom(): boolean {
    return this.#inFlight < this.#capacity + this.concurrency;
  }

  /** Full is also where others wait for room: they come first. */
  get #full(): boolean {
    return this.#offers.size > 0 || !this.#hasRoom;
  }

  #letOfferIn(): void {
    const task = this.#offers.firstAsk as Job;
    this.#offers.wakeOne({ task });
    this.#letIn(task);
  }

  #newJob(
    call: "submit" | "offer" | "stream",
    task: unknown,
    input: unknown,
    options: SubmitOptions | undefined,
  ): Job {
    if (options !== undefined) requireSubmitOptions(options);
    this.requireFit(task as AnyTask);
    if (this.closed)
      throw new ConcurrencyError("CLOSED", `${call}() to the ${this.name}, which is closed`);
    return new Job(this, task as AnyTask, input, options, this.#notes.note(this[call]));
  }

  #enter(job: Job): void {
    const scope = scopeOf(job.options);
    if (scope?.cancelled) job.cancel(scope.reason);
    else if (this.#full) job.fail(this.#refusal(job), false);
    else this.#letIn(job);
  }

  #letIn(job: Job): void {
    this.#inFlight += 1;
    scopeOf(job.options)?.register(job);
    const { queueTimeoutMs } = job.options;
    if (queueTimeoutMs !== undefined) {
      job.timer = new OneTimer();
      const message = `task "${job.name}" waited more than ${queueTimeoutMs} ms for its start`;
      job.timer.start(() => job.expire(message), queueTimeoutMs);
    }
    job.place = "in line";
    this.line.add(job);
    this.pump();
    if (this.#runsHere && job.place === "in line") job.keepContext();
  }

  #refusal(job: Job): ConcurrencyError {
    return new ConcurrencyError(
      "QUEUE_FULL",
      `the ${this.name} refused task "${job.name}": ${this.#inFlight} tasks are in it and its capacity ` +
        `is ${this.#capacity}; wait for room with offer(), or let map() pull`,
    );
  }

  async #close(): Promise<void> {
    this.#offers.failAll(new ConcurrencyError("CLOSED", `the ${this.name} was closed`));
    if (this.#inFlight > 0) await this.#idle.wait();
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
