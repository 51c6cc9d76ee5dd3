import { packError } from "../errors/index.js";
import type { Job } from "../jobs/index.js";
import type { TaskRef } from "../tasks/index.js";
import { KIND } from "../wire/index.js";
import type { Link } from "../wire/index.js";
import { cancelWordOf, WORD } from "../wire/index.js";
import type { WorkerHandle } from "./backend.js";
import { JobTable } from "./job-table.js";

/** How much work, by estimate, is sent to a worker ahead of time. */
const AHEAD_US = 300;
const MOST_AHEAD = 1024;

/** What it costs to wake a worker. One that is awake will have done so much work by then. */
const WAKING_US = 100;

/*  starting ── ready ──▶ ready ── enough tasks, or memory ──▶ retiring ── holds nothing ──▶ closing
 *      │                   │                                     │                             │
 *      └───────────────────┴────────── killed, or it died ───────┴─────────────────────────────┴──▶ gone
 */
export type WorkerState = "starting" | "ready" | "retiring" | "closing" | "gone";

/**
 * A worker as its pool sees it: the jobs that it holds, started or sent ahead.
 *
 * Taking back what has not started needs no answer from the worker, whose loop may be busy for ever:
 *
 *  1. The pool raises the epoch, and then reads which run was started last.
 *  2. Before each run the worker notes it as started, and then reads the epoch. If that has been raised
 *     since the run was sent, it doesn't start it and gives it back.
 *
 * Runs start in the order in which they were sent, so all after the one that was read in step 1 are the
 * pool's again: whenever the worker comes to them, it reads the new epoch. One that was noted as started
 * stays the worker's, which either runs it or says that it gave it back. (`taking-back.pml` states this for
 * a model checker.)
 */
export class PoolWorker {
  readonly name: string;
  state: WorkerState = "starting";
  /** True from when it has made no progress for a while until it does: nothing is sent ahead to it. */
  stuck = false;
  readonly #tasksPerWorker: number;
  readonly #maxTasks: number;
  #link!: Link;
  #handle!: WorkerHandle;
  readonly #jobs = new JobTable();
  readonly #defined = new Set<number>();
  #lastSeq = 0;
  #epoch = 0;
  #handed = 0;
  #killed = false;
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

  /** True if a job of this kind would rather wait here, for a moment, than wake another worker. */
  prefers(ref: TaskRef): boolean {
    return this.#jobs.size > 0 && this.#waitUs(ref) <= WAKING_US && this.mayHold(ref);
  }

  /** How long a job of this kind would wait here. What the worker has started by now may not be answered yet. */
  #waitUs(ref: TaskRef): number {
    const { words } = this.#handle;
    if (!words.instant) return this.#aheadUs;
    return ((this.#lastSeq - words.load(WORD.started)) | 0) * ref.averageUs;
  }

  /** True if a job of this kind may be sent ahead, to start when those before it have ended. */
  mayHold(ref: TaskRef): boolean {
    return (
      this.state === "ready" &&
      !this.stuck &&
      this.#aheadUs + ref.averageUs <= AHEAD_US &&
      this.#jobs.size < this.#tasksPerWorker + MOST_AHEAD
    );
  }

  hand(job: Job, ref: TaskRef): void {
    if (this.#jobs.size === 0) this.#handle.ref();
    const seq = (this.#lastSeq + 1) | 0 || 1; // never 0: that stands for none
    this.#lastSeq = seq;
    job.seq = seq;
    this.#jobs.add(job);
    job.estimateUs = ref.averageUs;
    this.#aheadUs += job.estimateUs;
    if (!this.#defined.has(ref.id)) {
      this.#defined.add(ref.id);
      this.#link.send(KIND.define, 0, ref.id, 0, { name: ref.name, origin: ref.origin });
    }
    const setup = setupOf(job);
    if (setup !== undefined) this.#link.send(KIND.setup, seq, 0, 0, setup);
    this.#handed += 1;
    if (this.#handed >= this.#maxTasks) this.state = "retiring";
    // Last: if the input can't be sent, the job ends here, and the worker may with it.
    this.#link.send(KIND.run, seq, ref.id, this.#epoch, job.input, job.options.transfer);
  }

  jobOf(seq: number): Job | undefined {
    return this.#jobs.get(seq);
  }

  /** The worker holds this job no more. */
  letGo(job: Job): void {
    if (!this.#jobs.delete(job)) return;
    this.#answers += 1;
    this.stuck = false;
    this.#aheadUs -= job.estimateUs;
    if (this.#jobs.size === 0) this.#handle.unref();
  }

  /** Takes back all that has not started. */
  takeBack(): Job[] {
    const { words } = this.#handle;
    this.#epoch = (this.#epoch + 1) | 0;
    words.store(WORD.epoch, this.#epoch);
    const started = words.load(WORD.started);
    const taken = this.#jobs.inOrder().filter((job) => !startedBy(started, job));
    for (const job of taken) {
      this.#handed -= 1;
      this.letGo(job);
    }
    return taken;
  }

  /** True if the run has started, or was about to: it is not to be taken back. */
  hasStarted(job: Job): boolean {
    return startedBy(this.#handle.words.load(WORD.started), job);
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

  /** True if it is ready and holds nothing. */
  unused(): boolean {
    return this.state === "ready" && this.#jobs.size === 0;
  }

  /** True if it has answered since the last call of this. */
  progressed(): boolean {
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

  /** True if its end was asked for: what it still says of being ready comes too late. */
  get killed(): boolean {
    return this.#killed;
  }

  kill(): void {
    this.#killed = true;
    this.#handle.ref();
    this.#handle.kill();
  }

  /** What it held when it died: runs that had started, and those that had not. */
  gone(): { started: Job[]; unstarted: Job[] } {
    this.state = "gone";
    if (this.empty) return { started: [], unstarted: [] }; // it may never have been attached
    const last = this.#handle.words.load(WORD.started);
    const started: Job[] = [];
    const unstarted: Job[] = [];
    for (const job of this.#jobs.inOrder()) (startedBy(last, job) ? started : unstarted).push(job);
    this.#jobs.clear();
    return { started, unstarted };
  }
}

/** Numbers wrap around, so their order is that of their difference. */
function startedBy(started: number, job: Job): boolean {
  return started !== 0 && ((started - job.seq) | 0) >= 0;
}

function setupOf(job: Job): object | undefined {
  const { name, traceparent, timeoutMs, queueTimeoutMs } = job.options;
  const tell = timeoutMs !== undefined || queueTimeoutMs !== undefined;
  const credit = job.sink?.firstCredit;
  if (name === undefined && traceparent === undefined && credit === undefined && !tell)
    return undefined;
  return { name, traceparent, tell, credit };
}
