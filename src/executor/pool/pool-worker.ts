import { packError } from "../errors/index.js";
import type { Job } from "../jobs/index.js";
import type { TaskRef } from "../tasks/index.js";
import { cancelWordOf, KIND, type Link, WORD } from "../wire/index.js";
import type { WorkerHandle } from "./backend.js";
import { JobTable } from "./job-table.js";
import { setupOf } from "./setup-of.js";
import { Starts } from "./starts.js";
import type { WorkerState } from "./worker-state.js";

/** How much work, by estimate, is sent to a worker ahead of time. */
const AHEAD_US = 600;
const MOST_AHEAD = 1024;

/** What it costs to wake a worker. One that is awake will have done so much work by then. */
const WAKING_US = 200;

/** A worker as its pool sees it: the jobs that it holds, started or sent ahead. */
export class PoolWorker {
  readonly name: string;
  state: WorkerState = "starting";
  /** True from when it has made no progress for a while until it does: nothing is sent ahead to it. */
  stuck = false;
  /** True if its end was asked for: what it still says of being ready comes too late. */
  killed = false;
  readonly #tasksPerWorker: number;
  readonly #maxTasks: number;
  #link!: Link;
  #handle!: WorkerHandle;
  readonly #jobs = new JobTable();
  readonly #defined = new Set<number>();
  #starts!: Starts;
  #lastSeq = 0;
  #handed = 0;
  #aheadUs = 0;
  /** Answers since the pool last looked. */
  #answers = 0;

  constructor(name: string, tasksPerWorker: number, maxTasks: number) {
    this.name = name;
    this.#tasksPerWorker = tasksPerWorker;
    this.#maxTasks = maxTasks;
  }

  /** Whoever made this starts the worker itself, with the events that lead back here. */
  attach(handle: WorkerHandle): void {
    this.#handle = handle;
    this.#link = handle.link;
    this.#starts = new Starts(handle.words);
  }

  get running(): number {
    return Math.min(this.#jobs.size, this.#tasksPerWorker);
  }

  get holdsMore(): boolean {
    return this.#jobs.size > this.#tasksPerWorker;
  }

  get empty(): boolean {
    return this.#jobs.size === 0;
  }

  /** True if a job would start at once. */
  get free(): boolean {
    return this.state === "ready" && this.#jobs.size < this.#tasksPerWorker;
  }

  /**
   * True if a job of this kind would rather wait here, for a moment, than wake another worker. That is only
   * said of a worker whose progress can be seen: what a process has done by now is not known.
   */
  prefers(job: Job): boolean {
    const { words } = this.#handle;
    if (this.#jobs.size === 0 || !words.instant || !this.mayHold(job)) return false;
    return this.#starts.before(this.#lastSeq) * job.estimateUs <= WAKING_US;
  }

  /** True if a job of this kind may be sent ahead, to start when those before it have ended. */
  mayHold(job: Job): boolean {
    return (
      this.state === "ready" &&
      !this.stuck &&
      this.#aheadUs + job.estimateUs <= AHEAD_US &&
      this.#jobs.size < this.#tasksPerWorker + MOST_AHEAD
    );
  }

  hand(job: Job, ref: TaskRef): void {
    if (this.#jobs.size === 0) this.#handle.ref();
    const seq = (this.#lastSeq + 1) | 0 || 1; // never 0: that stands for none
    this.#lastSeq = seq;
    job.seq = seq;
    this.#jobs.add(job);
    this.#aheadUs += job.estimateUs;
    this.#handle.expectedUs = this.#aheadUs;
    if (!this.#defined.has(ref.id)) {
      this.#defined.add(ref.id);
      this.#link.send(KIND.define, 0, ref.id, 0, { name: ref.name, origin: ref.origin });
    }
    const setup = setupOf(job);
    if (setup !== undefined) this.#link.send(KIND.setup, seq, 0, 0, setup);
    this.#handed += job.units;
    if (this.#handed >= this.#maxTasks) this.state = "retiring";
    // Last: if the input can't be sent, the job ends here, and the worker may with it.
    this.#link.send(KIND.run, seq, ref.id, this.#starts.epoch, job.input, job.options.transfer);
  }

  jobOf(seq: number): Job | undefined {
    return this.#jobs.get(seq);
  }

  /** The worker holds this job no more. True if it was the last. */
  letGo(job: Job): boolean {
    if (!this.#jobs.delete(job)) return false;
    this.#answers += 1;
    this.stuck = false;
    this.#aheadUs -= job.estimateUs;
    if (this.#jobs.size > 0) return false;
    this.#aheadUs = 0;
    this.#handle.unref();
    return true;
  }

  /**
   * Takes back all that has not started. An input that was moved is with the worker: unless the job is to be
   * stopped, it waits here until the worker gives it back.
   */
  takeBack(): Job[] {
    this.#starts.raiseEpoch();
    const taken = this.#starts
      .unstarted(this.#jobs.inOrder())
      .filter((job) => job.options.transfer === undefined || job.stopping !== undefined);
    for (const job of taken) {
      this.#handed -= job.units;
      this.letGo(job);
    }
    return taken;
  }

  /** True if the run has started, or was about to: it is not to be taken back. */
  hasStarted(job: Job): boolean {
    return this.#starts.has(job);
  }

  cancel(job: Job, reason: unknown): void {
    this.#handle.words.store(cancelWordOf(job.seq), job.seq);
    this.#link.send(KIND.cancel, job.seq, 0, 0, packError(reason));
  }

  grantCredit(job: Job, count: number): void {
    this.#link.send(KIND.credit, job.seq, count, 0, undefined);
  }

  allowSpin(allowed: boolean): void {
    this.#handle.words.store(WORD.maySpin, allowed ? 1 : 0);
  }

  /** True if it has answered since the last call of this, or has just now been heard to. */
  progressed(): boolean {
    this.#handle.look(); // at what it has shown, and not rung for
    const progressed = this.#answers > 0;
    this.#answers = 0;
    return progressed;
  }

  ready(): void {
    this.state = "ready";
    this.#handle.unref();
  }

  /** Gets no more jobs. */
  retire(): void {
    if (this.state === "ready") this.state = "retiring";
  }

  /** Asks the worker, which holds nothing, to end. */
  close(): void {
    this.state = "closing";
    this.#handle.ref(); // whoever closes waits for the end
    this.#link.send(KIND.close, 0, 0, 0, undefined);
  }

  kill(): void {
    this.killed = true;
    this.#handle.ref();
    this.#handle.kill();
  }

  /** What it held when it died: runs that had started, and those that had not. */
  gone(): { started: Job[]; unstarted: Job[] } {
    this.state = "gone";
    if (this.empty) return { started: [], unstarted: [] }; // it may never have been attached
    const jobs = this.#jobs.inOrder();
    const unstarted = this.#starts.unstarted(jobs);
    this.#jobs.clear();
    return { started: jobs.slice(0, jobs.length - unstarted.length), unstarted };
  }
}
