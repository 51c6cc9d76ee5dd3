import { AsyncResource } from "node:async_hooks";
import {
  CancelledError,
  type CancelScope,
  hooks,
  host,
  ScopeMember,
  scopeOf,
  type TaskInfo,
  TimeoutError,
  type Wait,
  WaitQueue,
} from "../../core/index.js";
import type { SubmitOptions, Task, TaskState } from "../../task/index.js";
import type { OneTimer } from "./one-timer.js";
import type { AnyTask } from "../tasks/index.js";
import type { TaskRef } from "../tasks/index.js";

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

const NO_OPTIONS: SubmitOptions = {};

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
export class Job extends ScopeMember implements Task<unknown>, TaskInfo {
  readonly id: number;
  readonly task: AnyTask;
  readonly input: unknown;
  readonly options: SubmitOptions;
  /** Where the submitter called, if that was noted. */
  readonly submittedAt: { stack?: string } | undefined;
  place: Place = "nowhere";
  /** What runs it, once it has begun. */
  at: object | undefined;
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
  #state: TaskState = "running";
  #stop: Stop | undefined;
  #outcome: unknown;
  #promise: Promise<unknown> | undefined;
  #resolve: ((value: unknown) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;
  /** For waits that can be cancelled. */
  #waiters: WaitQueue<unknown> | undefined;
  #heard = false;
  /** Its time limits, if it has any that run. */
  timer: OneTimer | undefined;
  /** Called when somebody looks at a failure that nobody had looked at. */
  onHeard: (() => void) | undefined;

  constructor(
    owner: JobOwner,
    task: AnyTask,
    input: unknown,
    options: SubmitOptions | undefined,
    submittedAt: { stack?: string } | undefined,
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

  get name(): string {
    return this.options.name ?? (this.task.name || `task ${this.id}`);
  }

  get state(): TaskState {
    return this.#state;
  }

  get parentId(): undefined {
    return undefined;
  }

  get priority(): number {
    return this.options.priority ?? 0;
  }

  get settled(): boolean {
    return this.#state !== "running";
  }

  /** The value if fulfilled; the error if rejected or cancelled. */
  get outcome(): unknown {
    return this.#outcome;
  }

  get stopping(): Stop | undefined {
    return this.#stop;
  }

  /** True if anybody waits, or has waited, for the outcome. */
  get heard(): boolean {
    return this.#heard;
  }

  /** Keeps the submitter's AsyncLocalStorage context, in which the caller stands now. */
  keepContext(): void {
    this.#context = new AsyncResource("weftwork.Job");
  }

  inContext<T>(run: () => T): T {
    return this.#context === undefined ? run() : this.#context.runInAsyncScope(run);
  }

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
    if (this.settled || (this.#stop !== undefined && this.#stop.timeout === undefined))
      return false;
    this.#stopFor({ reason, timeout: undefined });
    return true;
  }

  /** Ends a time limit. Inside it looks like any other cancel, so no catch there can mistake it for its own. */
  expire(message: string): void {
    if (this.settled || this.#stop !== undefined) return;
    const timeout = new TimeoutError(message);
    this.#stopFor({ reason: new CancelledError(message, { cause: timeout }), timeout });
  }

  override scopeCancelled(reason: unknown): () => void {
    return () => void this.cancel(reason);
  }

  result(options?: Wait): Promise<unknown> {
    const result = this.#result(scopeOf(options));
    // Results that are awaited one after the other are no unhandled rejections.
    result.catch(ignore);
    return result;
  }

  then<A = unknown, B = never>(
    onFulfilled?: ((value: unknown) => A | PromiseLike<A>) | null,
    onRejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#settling().then(onFulfilled, onRejected);
  }

  fulfil(value: unknown): void {
    if (this.settled) return;
    this.#settle("fulfilled", value);
    this.#resolve?.(value);
    this.#waiters?.wakeAll(value);
  }

  /** The work failed with `error`, or says with it only that it was cancelled. */
  fail(error: unknown, onlyCancelled: boolean): void {
    if (this.settled) return;
    const stop = onlyCancelled ? this.#stop : undefined;
    const outcome = stop === undefined ? error : (stop.timeout ?? stop.reason);
    this.#settle(
      stop !== undefined && stop.timeout === undefined ? "cancelled" : "rejected",
      outcome,
    );
    this.#reject?.(outcome);
    this.#waiters?.failAll(outcome);
  }

  /** The work has not run, or was ended by force, because of {@link stopping}. */
  endStopped(): void {
    this.fail(undefined, true);
  }

  #stopFor(stop: Stop): void {
    this.leave();
    this.#stop = stop;
    this.#owner.stopJob(this);
  }

  #settle(state: TaskState, outcome: unknown): void {
    this.#state = state;
    this.#outcome = outcome;
    if (this.home !== undefined) this.leave();
    this.timer?.stop();
    hooks.taskSettled?.(this);
    this.#owner.jobSettled(this);
  }

  #result(scope: CancelScope | undefined): Promise<unknown> {
    if (scope?.cancelled) return Promise.reject(scope.reason);
    if (scope === undefined || this.settled) return this.#settling();
    this.#hear();
    this.#waiters ??= new WaitQueue<unknown>(`task "${this.name}"`);
    return this.#waiters.wait(scope);
  }

  #settling(): Promise<unknown> {
    if (this.#promise !== undefined) return this.#promise;
    this.#hear();
    if (this.#state === "fulfilled") this.#promise = Promise.resolve(this.#outcome);
    else if (this.settled) this.#promise = Promise.reject(this.#outcome);
    else {
      this.#promise = new Promise((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
      });
    }
    return this.#promise;
  }

  #hear(): void {
    if (this.#heard) return;
    this.#heard = true;
    this.onHeard?.();
  }
}

function ignore(): void {}
