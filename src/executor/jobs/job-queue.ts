import { CancelledError, scopeOf } from "../../core/index.js";
import { outOfTime } from "../errors/index.js";
import { Door } from "./door.js";
import { type Job, type JobOwner, NO_OPTIONS } from "./job.js";
import { JobLine } from "./job-line.js";
import { Ledger } from "./ledger.js";
import { OneTimer } from "./one-timer.js";

export interface JobQueueOptions {
  readonly name: string;
  /** Most jobs that wait while every place is taken. */
  readonly capacity: number;
  /** How many jobs can run at once when all workers are there. */
  readonly concurrency: number;
  /** True: the tasks run on this event loop, in the context of their submitters. */
  readonly runsHere: boolean;
}

/**
 * The way of a job through an executor: in by the door, into the line, to a place, and out when it has
 * settled. Where it runs is for the subclasses to say.
 *
 * Invariant: a job is inside from its acceptance until it has settled.
 */
export abstract class JobQueue<P extends object> implements JobOwner {
  readonly name: string;
  protected readonly line: JobLine = new JobLine();
  protected readonly door: Door;
  protected readonly ledger: Ledger;
  readonly #concurrency: number;
  readonly #runsHere: boolean;
  #pumping = false;

  constructor({ name, capacity, concurrency, runsHere }: JobQueueOptions) {
    this.name = name;
    this.#concurrency = concurrency;
    this.door = new Door(
      name,
      capacity,
      () => this.concurrency,
      () => this.pump(),
    );
    this.ledger = new Ledger(name);
    this.#runsHere = runsHere;
  }

  /** How many jobs can run at once. */
  get concurrency(): number {
    return this.#concurrency;
  }

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
  abstract grantCredit(job: Job, count: number): void;

  stopJob(job: Job): void {
    if (job.place === "begun") return this.stopBegun(job);
    if (job.place === "in line") this.line.remove(job);
    job.endStopped();
  }

  jobSettled(job: Job): void {
    this.ledger.enter(job);
    const { place } = job;
    if (place === "nowhere") return; // it was never let in
    job.place = "nowhere";
    if (place === "begun") this.begunSettled(job);
    this.door.leave();
    this.pump();
  }

  /** Lets a job in, or refuses it. */
  protected enter(job: Job): void {
    const scope = job.options === NO_OPTIONS ? undefined : scopeOf(job.options);
    if (scope?.cancelled) job.cancel(scope.reason);
    else if (this.door.full) job.fail(this.door.refusal(job), false);
    else this.#letIn(job);
  }

  /** Lets a job in when there is room. Gives a promise if it has to wait for that. */
  protected enterInTurn(job: Job): Promise<{ task: Job }> | undefined {
    const scope = scopeOf(job.options);
    if (!this.door.full || scope?.cancelled) {
      this.enter(job);
      return undefined;
    }
    if (this.#runsHere) job.keepContext();
    return this.door.wait(job, scope);
  }

  /** Begins what can begin, and lets in who waits at the door when there is room. */
  protected pump(): void {
    if (this.#pumping) return; // called from within the loop, which goes on
    this.#pumping = true;
    let job = this.line.first();
    while (job !== undefined && this.#tryBegin(job)) job = this.line.first();
    this.#pumping = false;
    const next = this.door.next();
    if (next !== undefined) this.#letIn(next);
  }

  /** The run of `job` has started: its wait is over, and the time of its run counts from here. */
  protected jobStarted(job: Job): void {
    job.started();
    if (job.stopping !== undefined) return; // the news is older than the cancel, whose grace runs
    const { timeoutMs } = job.options;
    if (timeoutMs === undefined) job.timer?.stop();
    else {
      job.timer ??= new OneTimer();
      job.timer.start(() => job.expire(outOfTime(job.name, timeoutMs)), timeoutMs);
    }
  }

  /** Nothing can run any more: fails all that waits. */
  protected refuseWaiting(error: Error): undefined {
    for (let job = this.line.first(); job !== undefined; job = this.line.first()) {
      this.line.remove(job);
      job.refuse(error);
    }
  }

  protected cancelWaiting(): void {
    this.takeBackAll();
    const reason = new CancelledError(`the ${this.name} was closed before the task could start`);
    this.#pumping = true; // none begins in the place of one that is cancelled
    for (let job = this.line.first(); job !== undefined; job = this.line.first())
      job.cancel(reason);
    this.#pumping = false;
  }

  #letIn(job: Job): void {
    this.door.enter();
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
}
