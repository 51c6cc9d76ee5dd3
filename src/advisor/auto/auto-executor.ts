import { host, onlyCancelled } from "../../core/index.js";
import { type Job, JobExecutor } from "../../executor/jobs/index.js";
import { type AnyTask, ChunkFailure } from "../../executor/tasks/index.js";
import type { ExecutorStats } from "../../task/index.js";
import { type Meter, realMeter } from "../meter.js";
import { type AutoExecutorOptions, autoPlanOf } from "./auto-options.js";
import { Chooser } from "./chooser.js";
import type { Decision } from "./decide.js";
import { ChunkRun, type LoopRun, WatchedRun } from "./loop-run.js";
import type { TaskRecord } from "./task-record.js";
import { ThreadPlace } from "./thread-place.js";
import { ThreadPlaces } from "./thread-places.js";
import { TimeSlice } from "./time-slice.js";

/** As those of any executor, and why tasks run where they do. */
export interface AutoStats extends ExecutorStats {
  /** Of the function that ran last. */
  readonly decision: Decision;
}

const NOTHING_YET: Decision = { task: "", model: "async", reason: "nothing has run yet" };

/**
 * Runs tasks where they do best, which it finds out while it runs them: on this event loop first, with a turn
 * of the loop whenever they have held it for `sliceMs`; in threads, once a call holds the loop for longer than
 * that, or threads promise 15 % more and there is enough to do. It goes on measuring, and comes back if
 * threads did not keep the promise. Each function is decided on by itself; `stats().decision` says why.
 *
 * A task is started once, in one place. On the loop it gets its very input, in a thread a copy: write tasks so
 * that this makes no difference. Functions that can't leave the loop stay: those that use something around
 * them and that `defineTasks` does not name, and those whose values can't be cloned.
 *
 * Cancellation: as {@link InlineExecutor} or {@link ThreadExecutor}, wherever the task runs.
 * Errors: the same.
 *
 * @example
 * await using executor = new AutoExecutor();
 * console.log(await executor.map((n: number) => n * n, [1, 2, 3]).toArray());
 * console.log(executor.stats().decision.model);
 * // prints:
 * // [ 1, 4, 9 ]
 * // async
 */
export class AutoExecutor extends JobExecutor<object> {
  readonly #chooser: Chooser;
  readonly #sliceMs: number;
  readonly #slice: TimeSlice;
  readonly #threads: ThreadPlaces;
  readonly #runs = new Map<Job, LoopRun>();
  #last: TaskRecord | undefined;

  constructor(options: AutoExecutorOptions = {}, meter: Meter = realMeter) {
    const { plan, jobs, threads } = autoPlanOf(options);
    super("AutoExecutor", jobs, { concurrency: plan.limit, runsHere: true });
    this.#sliceMs = plan.sliceMs;
    this.#slice = new TimeSlice(plan.sliceMs, () => this.pump());
    this.#threads = new ThreadPlaces({ ...threads, name: this.name });
    this.#chooser = new Chooser(plan, meter);
  }

  protected override get workers(): number {
    return 1 + this.#threads.workers;
  }

  protected override get running(): number {
    return this.#runs.size + this.#threads.running;
  }

  override stats(): AutoStats {
    return { ...super.stats(), decision: this.#last?.decision ?? NOTHING_YET };
  }

  override chunkSizeFor(task: AnyTask): number {
    return this.#chooser.recordOf(task).chunkSize;
  }

  override grantCredit(job: Job, count: number): void {
    const run = this.#runs.get(job);
    if (run !== undefined) run.credit(count);
    else if (job.at instanceof ThreadPlace) job.at.credit(job, count);
  }

  protected override requireFit(): void {} // on the loop everything fits
  protected override findPlace(job: Job): object | undefined {
    const record = this.#chooser.recordOf(job.task);
    if (record.model === "threads") {
      const place = this.#threads.with(record.tasksPerWorker);
      return place.hasRoom(job, record.holdMs * job.units) ? place : undefined;
    }
    // Calls that wait come back to the loop in a crowd; while threads start they should be let in.
    if (record.moving && !record.sync) return undefined;
    return this.#slice.over || this.#runs.size >= this.concurrency ? undefined : record;
  }

  protected override begin(job: Job, place: object): void {
    const record = this.#chooser.recordOf(job.task);
    this.#last = record;
    record.begins();
    if (place instanceof ThreadPlace) place.hand(job, this);
    else this.#beginHere(job, record);
  }

  #beginHere(job: Job, record: TaskRecord): void {
    const run = job.units > 1 ? new ChunkRun(job, record) : new WatchedRun(job, record);
    this.#runs.set(job, run);
    record.runsHere += 1;
    this.jobStarted(job);
    const startMs = host.nowMs();
    const ending = job.inContext(() => run.start());
    this.#slice.use(host.nowMs() - startMs);
    void ending.then(
      (value) => {
        const nowMs = host.nowMs();
        record.runsHere -= 1;
        record.ends("async", job.units, (nowMs - startMs) / job.units);
        if (record.model === "async" && !record.moving && record.due(nowMs, this.#sliceMs))
          this.#look(record, job, value);
        job.fulfil(value);
      },
      (error: unknown) => {
        record.runsHere -= 1;
        record.ends("async", job.units, (host.nowMs() - startMs) / job.units);
        const cause = error instanceof ChunkFailure ? error.error : error;
        job.fail(error, onlyCancelled(cause, run));
      },
    );
  }

  /** Decides anew. Threads take over when they run: until then tasks go on here. */
  #look(record: TaskRecord, job?: Job, output?: unknown): void {
    const busy = this.door.inside > this.running;
    const wanted = this.#chooser.choose(record, busy, job, output);
    if (wanted === record.model) return;
    if (wanted === "async") return record.moveTo("async");
    record.moving = true;
    record.tasksPerWorker = this.#chooser.tasksPerWorkerFor(record);
    this.#threads
      .with(record.tasksPerWorker)
      .warm()
      .then(
        () => record.moveTo("threads"),
        (error: unknown) => this.#chooser.refuse(record, error),
      )
      .finally(() => {
        record.moving = false;
        this.pump();
      });
  }

  /** What was handed to threads has ended there, or could not run there. */
  settled(job: Job, inner: Job, refused: boolean): void {
    const record = this.#chooser.recordOf(job.task);
    if (refused && job.stopping === undefined) {
      this.#chooser.refuse(record, inner.outcome);
      job.place = "in line";
      this.line.addFirst(job);
      return this.pump();
    }
    record.ends("threads", job.units, Infinity);
    // What was begun on the loop before the move still holds it, and says nothing of threads.
    if (record.model === "threads" && record.due(host.nowMs(), Infinity)) {
      if (record.runsHere > 0) record.restart();
      else this.#look(record);
    }
    settleAs(job, inner);
    this.pump();
  }

  protected override stopBegun(job: Job): void {
    const run = this.#runs.get(job);
    if (run !== undefined) run.cancel(job.stopping?.reason);
    else if (job.at instanceof ThreadPlace) job.at.cancel(job);
  }

  protected override begunSettled(job: Job): void {
    this.#runs.get(job)?.end();
    this.#runs.delete(job);
  }

  protected override takeBackAll(): void {
    void this.#threads.close({ cancelWaiting: true });
  }

  protected override shutDown(): Promise<void> {
    return this.#threads.close();
  }
}

function settleAs(job: Job, inner: Job): void {
  if (inner.state === "fulfilled") return job.fulfil(inner.outcome);
  if (inner.state === "rejected") return job.fail(inner.outcome, false);
  if (job.stopping === undefined) job.cancel(inner.outcome); // the pool was closed, and it waited there
  job.endStopped();
}
