import { ConcurrencyError, CancelledError } from "../../../core/index.js";
import { type Job, JobExecutor } from "../../jobs/index.js";
import type { AnyTask } from "../../tasks/index.js";
import type { Frame } from "../wire/index.js";
import { type ClusterExecutorOptions, type SubmitPlan, submitPlanOf } from "./options.js";
import { Outbox } from "./outbox.js";
import { Paces } from "./pace.js";
import { nameOnCluster, packRun } from "./pack-run.js";
import { Inbox } from "./inbox.js";
import type { SentParcel } from "./sent-parcel.js";
import { AHEAD, SendWindow } from "./send-window.js";
import { Session } from "./session.js";
import type { SessionEvents } from "./session-events.js";
import type { Packed } from "./partition.js";

const CLUSTER = {}; // which host takes it is for the queue to say

/**
 * Runs tasks on other machines, by way of a BullMQ queue in Redis. On each of them a {@link ClusterWorker} (or
 * `weft worker`) serves the queue and has the tasks, by the names that `defineTasks` gave them: no code is sent.
 *
 * Tasks travel in parcels of about half a second's work, as measured; what the cluster could not soon begin
 * stays here. A task may run more than once: if its host dies, is cut off or stands still, another one gets it.
 * It settles once. What must not happen twice is to ask for `scope.jobKey`. `stats().workers`
 * counts the slots of the hosts, `running` what could be running by what was sent.
 *
 * Cancellation: as with all executors. A running task hears of it by way of Redis.
 * Errors: the task's own; a `TimeoutError`; `QUEUE_FULL`, `NOT_CLONEABLE`, `TOO_LARGE`, `NO_SUCH_TASK`;
 * `WORKER_LOST` if the worker on its host died of it, or if hosts die of it time and again; `BROKEN` if Redis
 * can't be reached for `connectTimeoutMs` at first, or for `outageMs` later. All reject the task.
 *
 * @example no-run: needs Redis, and a host
 * const tasks = defineTasks(import.meta.url, { shrink: (path: string) => path.length });
 * await using cluster = new ClusterExecutor({ connection: "redis://127.0.0.1:6379", queue: "images" });
 * console.log(await cluster.submit(tasks.shrink, "a.png"));
 */
export class ClusterExecutor extends JobExecutor<object> implements SessionEvents {
  readonly #plan: SubmitPlan;
  readonly #paces = new Paces();
  readonly #session: Session;
  readonly #outbox: Outbox;
  readonly #inbox: Inbox;
  readonly #packed = new Map<Job, Packed>();
  /** A host may tell the end of a job that is the executor's again. */
  readonly #unline = (job: Job): void => {
    if (job.place === "in line") this.line.remove(job);
  };
  readonly #window: SendWindow;
  #broken: Error | undefined;
  #isClosing = false;
  #cancelsWaiting = false;

  constructor(options: ClusterExecutorOptions) {
    const plan = submitPlanOf(options);
    super(`ClusterExecutor of queue "${plan.queue}"`, options, { concurrency: 0 });
    this.#plan = plan;
    this.#session = new Session(plan, this);
    this.#window = new SendWindow(plan.limit, this.#paces);
    this.#outbox = new Outbox(this.#session, () => this.concurrency - this.#outbox.parcels);
    this.#inbox = new Inbox(this.#session, this.#outbox, this.#paces, this.#unline);
  }

  override get concurrency(): number {
    return this.#window.concurrency(this.#session.slots);
  }

  /** What broke it for good, if anything did: every task that was in it has failed with this. */
  get broken(): Error | undefined {
    return this.#broken;
  }

  get window(): number {
    return AHEAD * this.concurrency; // now: hosts come and go while a map runs
  }

  protected override get workers(): number {
    return this.#isClosing ? 0 : this.#session.slots;
  }

  protected override get running(): number {
    return Math.min(this.#window.jobs, this.concurrency);
  }

  override chunkSizeFor(task: AnyTask): number {
    return this.#paces.of(task).chunkSize(this.concurrency);
  }

  override grantCredit(job: Job, count: number): void {
    this.#inbox.grant(job, count);
  }

  protected override requireFit(task: AnyTask): void {
    if (nameOnCluster(task) !== undefined) return;
    throw new ConcurrencyError(
      "NO_SUCH_TASK",
      `the task "${task.name}" has no name that hosts know it by, and no code is sent to a cluster: ` +
        `name it with defineTasks(import.meta.url, { ... }) in a module that the hosts load too`,
    );
  }

  protected override findPlace(job: Job): object | undefined {
    if (this.#broken !== undefined) return this.refuseWaiting(this.#broken);
    this.#session.busy(true);
    this.#session.open();
    if (!this.#session.up) return undefined;
    return this.#window.fits(job, this.#session.slots) ? CLUSTER : undefined;
  }

  protected override begin(job: Job): void {
    this.#window.enter(job);
    try {
      const run = this.#packed.get(job)?.run ?? packRun(job, this.#plan.maxPayloadBytes);
      this.#paces.of(job.task).sized(run.i.length, job.units);
      const packed = { job, run, costUs: job.estimateUs };
      this.#packed.set(job, packed);
      this.#inbox.expect(job, () => this.jobStarted(job));
      this.#outbox.put(packed);
    } catch (refusal) {
      job.refuse(refusal);
    }
  }

  protected override stopBegun(job: Job): void {
    const parcel = this.#outbox.parcelOf(job);
    if (parcel === undefined) return job.endStopped(); // it was about to be sent
    if (parcel.isWithHost) this.#inbox.cancel(job);
    else if (!parcel.isReturning) void this.#takeBack(parcel);
  }

  protected override begunSettled(job: Job): void {
    this.#recall(job);
  }

  protected override takeBackAll(): void {
    this.#cancelsWaiting = true;
    for (const job of this.#outbox.unsent().toReversed()) this.#putBack(job);
    for (const parcel of this.#outbox.all())
      if (!parcel.isWithHost && !parcel.isReturning) void this.#takeBack(parcel);
  }

  override jobSettled(job: Job): void {
    this.#packed.delete(job);
    this.#inbox.forget(job);
    super.jobSettled(job);
    if (this.door.inside === 0) this.#session.busy(false);
  }

  protected override shutDown(): Promise<void> {
    this.#isClosing = true;
    return this.#session.close();
  }

  changed(): void {
    this.pump();
  }
  frame(frame: Frame): void {
    this.#inbox.frame(frame);
  }
  tick(): void {
    void this.#outbox.audit((parcel, why) => this.#inbox.gaveUp(parcel, why));
  }

  broke(error: Error): void {
    this.#broken = error;
    this.refuseWaiting(error);
    for (const job of Array.from(this.#packed.keys())) {
      this.#unline(job);
      if (job.stopping === undefined) job.fail(error, false);
      else job.endStopped();
    }
  }

  async #takeBack(parcel: SentParcel): Promise<void> {
    const jobs = await this.#outbox.takeBack(parcel).catch(() => undefined);
    if (this.#broken) return;
    if (jobs === undefined) {
      for (const job of parcel.open) if (job.stopping !== undefined) this.#inbox.cancel(job);
      return;
    }
    const closed = new CancelledError(`the ${this.name} was closed before it could start`);
    for (const job of jobs.toReversed()) {
      this.#putBack(job);
      if (job.stopping !== undefined) this.stopJob(job);
      else if (this.#cancelsWaiting) job.cancel(closed);
    }
    this.pump();
  }

  #recall(job: Job): void {
    this.#outbox.drop(job);
    this.#window.leave(job);
  }

  #putBack(job: Job): void {
    this.#recall(job);
    job.place = "in line";
    this.line.addFirst(job);
  }
}
