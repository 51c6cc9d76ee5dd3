import type { Job } from "../jobs/index.js";
import type { TaskRef } from "../tasks/index.js";
import type { WorkerHandle } from "./backend.js";
import { JobTable } from "./job-table.js";
import type { PoolPlan } from "./pool-options.js";
import { Orders } from "./orders.js";
import { Starts } from "./starts.js";
import { Pulse } from "./pulse.js";
import type { WorkerState } from "./worker-state.js";

/** A worker as its pool sees it: the jobs that it holds, started or sent ahead. */
export class PoolWorker {
  readonly name: string;
  state: WorkerState = "starting";
  readonly pulse: Pulse = new Pulse();
  /** True if its end was asked for: what it still says of being ready comes too late. */
  killed = false;
  readonly plan: PoolPlan;
  orders!: Orders;
  #handle!: WorkerHandle;
  readonly #jobs = new JobTable();
  #starts!: Starts;
  #lastSeq = 0;
  #handed = 0;

  constructor(name: string, plan: PoolPlan) {
    this.name = name;
    this.plan = plan;
  }

  /** Whoever made this starts the worker itself, with the events that lead back here. */
  attach(handle: WorkerHandle): void {
    this.#handle = handle;
    this.orders = new Orders(handle.link, handle.words);
    this.#starts = new Starts(handle.words);
  }

  get running(): number {
    return this.state === "starting" ? 0 : Math.min(this.#jobs.size, this.plan.tasksPerWorker);
  }

  get empty(): boolean {
    return this.#jobs.size === 0;
  }

  /** True if it holds jobs that it has not started. */
  get lags(): boolean {
    return !this.empty && this.unstarted().length > 0;
  }

  /** True if it holds no job that it has started. */
  get runsNothing(): boolean {
    return this.unstarted().length === this.#jobs.size;
  }

  /** How many jobs it holds, and how long all of them are thought to take. */
  get held(): number {
    return this.#jobs.size;
  }

  get heldUs(): number {
    return this.#jobs.estimateUs;
  }

  /** True if one can see at once what it has started. */
  get instant(): boolean {
    return this.#handle.words.instant;
  }

  /** How many runs it has not started of those that it was sent. */
  get behind(): number {
    return this.#starts.before(this.#lastSeq);
  }

  hand(job: Job, ref: TaskRef): void {
    if (this.#jobs.size === 0) this.#handle.ref();
    const seq = (this.#lastSeq + 1) | 0 || 1; // never 0: that stands for none
    this.#lastSeq = seq;
    job.seq = seq;
    this.#jobs.add(job);
    this.#handle.expectedUs = this.state === "starting" ? Infinity : this.#jobs.estimateUs;
    this.#handed += job.units;
    if (this.state === "ready" && this.#used) this.state = "retiring";
    // Last: if the input can't be sent, the job ends here, and the worker may with it.
    this.orders.run(job, ref, this.#starts.epoch);
  }

  jobOf(seq: number): Job | undefined {
    return this.#jobs.get(seq);
  }

  /** The worker holds this job no more. True if it was the last. */
  letGo(job: Job): boolean {
    if (!this.#jobs.delete(job)) return false;
    this.pulse.answered();
    if (this.#jobs.size > 0) return false;
    if (this.state !== "starting") this.#handle.unref();
    return true;
  }

  /**
   * Takes back all that has not started. An input that was moved is with the worker: unless the job is to be
   * stopped, it waits here until the worker gives it back.
   */
  takeBack(): Job[] {
    this.#starts.raiseEpoch();
    const taken = this.unstarted().filter(
      (job) => job.options.transfer === undefined || job.stopping !== undefined,
    );
    for (const job of taken) {
      this.#handed -= job.units;
      this.letGo(job);
    }
    return taken;
  }

  /** The jobs that it holds and has not started, in order. */
  unstarted(): Job[] {
    return this.#starts.unstarted(this.#jobs.inOrder());
  }

  /** True if the run has started, or was about to: it is not to be taken back. */
  hasStarted(job: Job): boolean {
    return this.#starts.has(job);
  }

  /** True if it has answered since the last call of this, or has just now been heard to. */
  progressed(): boolean {
    this.#handle.look(); // at what it has shown, and not rung for
    this.pulse.look();
    return this.pulse.missed === 0;
  }

  ready(): void {
    // What came along may have been refused: then it holds nothing that its end could wait for.
    this.state = this.#used && !this.empty ? "retiring" : "ready";
    this.pulse.stuck = false;
    if (this.empty) this.#handle.unref();
  }

  get #used(): boolean {
    return this.#handed >= this.plan.maxTasksPerWorker;
  }

  /** Gets no more jobs. */
  retire(): void {
    if (this.state === "ready") this.state = "retiring";
  }

  /** Asks the worker, which holds nothing, to end. */
  close(): void {
    this.state = "closing";
    this.#handle.ref(); // whoever closes waits for the end
    this.orders.close();
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
