import { AsyncResource } from "node:async_hooks";
import { CancelledError, hooks, host, type TaskInfo, TimeoutError } from "../../core/index.js";
import type { SubmitOptions, Task, TaskState } from "../../task/index.js";
import type { CallerNote } from "./caller-notes.js";
import type { Delivery } from "./delivery.js";
import type { OneTimer } from "./one-timer.js";
import { Settling } from "./settling.js";
import type { AnyTask, TaskRef } from "../tasks/index.js";

/** Whoever runs a job. */
export interface JobOwner {
  /** The job is to stop: {@link Job.stopping} says why. It settles when its work has stopped. */
  stopJob(job: Job): void;
  jobSettled(job: Job): void;
  /** The reader of the job's outputs has room for so many more. */
  grantCredit(job: Job, count: number): void;
}

/** Takes the outputs of a job that is a stream. */
export interface ItemSink {
  /** How many outputs it takes before it grants more. */
  readonly firstCredit: number;
  item(value: unknown): void;
}

/** Why a job is to stop. */
export interface Stop {
  /** What its scope is cancelled with. */
  readonly reason: unknown;
  /** The time limit that ran out, if that is why. */
  readonly timeout: TimeoutError | undefined;
}

let lastId = 0;

/** What was submitted without options has these. */
export const NO_OPTIONS: SubmitOptions = {};

/** Where a job is: nowhere yet, or no more; in its executor's line; handed to where it runs. */
export type Place = "nowhere" | "in line" | "begun";

/*  in line ──── begins ──────▶ begun ──── its work has ended ────▶ fulfilled | rejected | cancelled
 *     │ ▲                       │
 *     │ └─────── put back ──────┘   a worker was given it, and has not started it
 *     └──────── to be stopped ────────────────────────────────────▶ rejected | cancelled
 */

/**
 * A submitted task, from its submit to its end: the handle that its submitter holds, the place in line,
 * and what came of it.
 *
 * It hangs on the submitter's scope itself, so that to be cancellable costs no object of its own.
 */
export class Job extends Settling implements Task<unknown>, TaskInfo {
  readonly id: number;
  readonly task: AnyTask;
  /** Replaced if it was moved to a worker, which gave it back. */
  input: unknown;
  readonly options: SubmitOptions;
  /** Where the submitter called, if that was noted. */
  readonly submittedAt: CallerNote | undefined;
  place: Place = "nowhere";
  at: object | undefined; // what runs it, once it has begun
  returns = 0; // how often it was taken back from a worker that ran nothing and did not answer
  /** How many inputs it has: more than one if it is a chunk of a map, `input` is an array of them then. */
  units = 1;
  /** Set if the job is a stream. */
  sink: ItemSink | undefined;
  /** How its pool speaks of the function. */
  ref: TaskRef | undefined;
  /** How long it was thought to take when it was handed over. */
  estimateUs = 0;
  /** The run's number at its worker, while it has one. */
  seq = 0;
  /** Neighbours in the line, while it waits there. */
  ahead: Job | undefined;
  behind: Job | undefined;
  readonly #owner: JobOwner;
  /** Of the submitter, for a job that had to wait for its turn. */
  #context: AsyncResource | undefined;
  readonly #onProgress: ((progress: unknown) => void) | undefined;
  #stop: Stop | undefined;
  /** What its run is on a cluster, if it is there. */
  delivery: Delivery | undefined;
  /** Its time limits, if it has any that run. */
  timer: OneTimer | undefined;
  constructor(
    owner: JobOwner,
    task: AnyTask,
    input: unknown,
    options: SubmitOptions | undefined,
    submittedAt: CallerNote | undefined,
  ) {
    super();
    this.id = lastId += 1;
    this.#owner = owner;
    this.task = task;
    this.input = input;
    this.options = options ?? NO_OPTIONS;
    this.submittedAt = submittedAt;
    const { onProgress } = this.options;
    if (onProgress !== undefined) this.#onProgress = AsyncResource.bind(onProgress);
  }

  override get name(): string {
    return this.givenName ?? (this.task.name || `task ${this.id}`);
  }

  /** The name in the options; that of a scope, which can be passed as options, is its own. */
  get givenName(): string | undefined {
    return "throwIfCancelled" in this.options ? undefined : this.options.name;
  }

  get parentId(): undefined {
    return undefined;
  }

  get priority(): number {
    return this.options.priority ?? 0;
  }

  get stopping(): Stop | undefined {
    return this.#stop;
  }

  /** Keeps the submitter's AsyncLocalStorage context, in which the caller stands now. */
  keepContext(): void {
    this.#context ??= new AsyncResource("weftwork.Job"); // of an offer it is known already
  }

  inContext<T>(run: () => T): T {
    return this.#context === undefined ? run() : this.#context.runInAsyncScope(run);
  }

  started(): void {} // called if the start of its run is to be told

  /** The task tells how far it is. */
  report(progress: unknown): void {
    if (this.#onProgress === undefined || this.settled) return;
    try {
      this.#onProgress(progress);
    } catch (error) {
      host.soon(() => {
        throw error; // a bad listener must neither fail the task nor pass in silence
      });
    }
  }

  cancel(reason: unknown = new CancelledError(`task "${this.name}" was cancelled`)): boolean {
    const stop = this.#stop;
    if (this.settled || (stop !== undefined && stop.timeout === undefined)) return false;
    this.#stop = { reason, timeout: undefined }; // in place of a time limit: the outer cancel decides
    if (stop === undefined) this.#owner.stopJob(this);
    return true;
  }

  /** Ends a time limit. Inside it looks like any other cancel, so no catch there can mistake it for its own. */
  expire(message: string): void {
    if (this.settled || this.#stop !== undefined) return;
    const timeout = new TimeoutError(message);
    this.#stop = { reason: new CancelledError(message, { cause: timeout }), timeout };
    this.#owner.stopJob(this);
  }

  override scopeCancelled(reason: unknown): () => void {
    return () => void this.cancel(reason);
  }

  fulfil(value: unknown): void {
    if (!this.settled) this.#settle("fulfilled", value);
  }

  /** The work failed with `error`, or says with it only that it was cancelled. */
  fail(error: unknown, onlyCancelled: boolean): void {
    if (this.settled) return;
    const stop = onlyCancelled ? this.#stop : undefined;
    if (stop === undefined) this.#settle("rejected", error);
    else if (stop.timeout === undefined) this.#settle("cancelled", stop.reason);
    else this.#settle("rejected", stop.timeout);
  }

  /** It has not run and can't, where it was to run. */
  refuse(error: unknown): void {
    this.fail(error, false);
  }

  /** The work has not run, or was ended by force, because of {@link stopping}. */
  endStopped(): void {
    this.fail(undefined, true);
  }

  #settle(state: TaskState, outcome: unknown): void {
    this.take(state, outcome);
    this.leave();
    this.timer?.stop();
    hooks.taskSettled?.(this);
    this.#owner.jobSettled(this);
    this.tell();
  }
}
