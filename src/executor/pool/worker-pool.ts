import { availableParallelism } from "node:os";
import { host } from "../../core/index.js";
import { type Job, JobExecutor, OneTimer } from "../jobs/index.js";
import { type AnyTask, TaskRefs } from "../tasks/index.js";
import type { Backend, WorkerExit } from "./backend.js";
import { Crew } from "./crew.js";
import { Placing } from "./placing.js";
import { PoolWatch } from "./pool-watch.js";
import type { PoolWorker } from "./pool-worker.js";
import { poolPlanOf, type PoolPlan, type WorkerPoolOptions } from "./pool-options.js";
import type { WorkerNews } from "./worker-inbox.js";
import { WorkerLostError } from "./worker-lost.js";

/** This process's own loop wants a core too. */
const CORES = availableParallelism();

/**
 * Runs jobs in workers: starts them when there is work, sends each the next jobs ahead of time while they
 * are short, replaces those that die.
 *
 * Invariant: a job that has begun is held by one worker, `job.at`, until it settles or is put back in line.
 */
export class WorkerPool extends JobExecutor<PoolWorker> implements WorkerNews {
  readonly #plan: PoolPlan;
  readonly #refs = new TaskRefs();
  readonly #crew: Crew;
  readonly #watch: PoolWatch;
  readonly #placing: Placing;
  #busy = 0;
  #pumpSoon = false;

  constructor(kind: string, backend: Backend, options: WorkerPoolOptions) {
    const plan = poolPlanOf(options);
    const { workers, tasksPerWorker, memoryMb, initializer, idleMs } = plan;
    super(kind, options, { concurrency: workers * tasksPerWorker });
    this.#plan = plan;
    const first =
      initializer && this.#refs.of(initializer as (input: unknown) => unknown).definition;
    const start = { name: this.name, tasksPerWorker, memoryMb, initializer: first };
    this.#crew = new Crew(backend, this.#plan, start, this);
    this.#placing = new Placing(this.#crew);
    this.#watch = new PoolWatch(this.#crew.workers, idleMs, {
      stuck: (worker) => this.#unload(worker),
      silent: (worker, patience) => this.#crew.killLater(worker, patience),
      idle: (worker) => this.#crew.close(worker),
    });
  }

  protected override get workers(): number {
    return this.#crew.workers.length;
  }

  protected override get running(): number {
    return this.#crew.workers.reduce((sum, worker) => sum + worker.running, 0);
  }

  protected override requireFit(task: AnyTask): void {
    this.#refs.of(task);
  }

  override chunkSizeFor(task: AnyTask): number {
    return this.#refs.of(task).chunkSize;
  }

  override grantCredit(job: Job, count: number): void {
    if (job.place === "begun") (job.at as PoolWorker).orders.grantCredit(job, count);
  }

  protected override findPlace(job: Job): PoolWorker | undefined {
    const { broken } = this.#crew;
    if (broken !== undefined) return this.refuseWaiting(broken);
    const ref = (job.ref ??= this.#refs.of(job.task));
    job.estimateUs = ref.occupiesUs * job.units;
    return this.#placing.find(job, this.line.size + (job.place === "in line" ? 0 : 1));
  }

  protected override begin(job: Job, worker: PoolWorker): void {
    if (worker.state === "starting" && !worker.empty) this.#unload(worker); // of what is less urgent
    if (worker.empty) {
      this.#busy += 1;
      worker.orders.allowSpin(this.#busy + 1 <= CORES);
    }
    this.#watch.watchProgress();
    const ref = (job.ref ??= this.#refs.of(job.task));
    const startMs = job.units === 1 && ref.wantsMeasure() ? host.nowMs() : -1;
    worker.hand(job, ref);
    if (startMs >= 0) ref.sent((host.nowMs() - startMs) * 1000);
  }

  protected override stopBegun(job: Job): void {
    const worker = job.at as PoolWorker;
    if (!worker.hasStarted(job)) this.#unload(worker);
    if (job.settled) return; // it had not started
    worker.orders.cancel(job);
    job.timer ??= new OneTimer();
    job.timer.startGrace(() => worker.kill(), job.options.graceMs ?? this.#plan.graceMs);
  }

  protected override begunSettled(job: Job): void {
    const worker = job.at as PoolWorker;
    if (!worker.letGo(job)) return;
    this.#emptied(worker);
    this.#share(worker);
  }

  protected override takeBackAll(): void {
    for (const worker of this.#crew.workers) if (worker.lags) this.#unload(worker);
  }

  protected override shutDown(): Promise<void> {
    this.#watch.stop();
    return this.#crew.endAll();
  }

  ready(worker: PoolWorker): void {
    this.#crew.ready(worker);
    this.#watch.watchIdle();
    if (!worker.empty) this.#watch.watchProgress();
    const other = this.#crew.workers.find(({ state, empty }) => state === "starting" && !empty);
    if (other !== undefined) this.#unload(other); // what it was to take along need not wait for it
    this.#share(worker);
    this.pump();
  }

  unfit(worker: PoolWorker, error: unknown): void {
    if (!worker.empty) this.#unload(worker); // what came along
    this.#crew.unfit(worker, error);
  }

  started(job: Job): void {
    this.jobStarted(job);
  }

  gaveBack(worker: PoolWorker, job: Job): void {
    if (worker.letGo(job)) this.#emptied(worker);
    this.#putBack([job]);
  }

  heardOf(worker: PoolWorker): void {
    this.#crew.spare(worker);
    this.pump();
  }

  grown(worker: PoolWorker): void {
    worker.retire();
    if (worker.empty) this.#crew.close(worker);
  }

  exited(worker: PoolWorker, exit: WorkerExit): void {
    if (!worker.empty) this.#busy -= 1;
    this.#crew.remove(worker, exit);
    const { started, unstarted } = worker.gone();
    for (const job of started) this.#lose(job, worker, exit);
    // An input that was moved to the worker has died with it.
    for (const job of unstarted)
      if (job.options.transfer !== undefined) this.#lose(job, worker, exit);
    this.#putBack(unstarted.filter((job) => !job.settled));
  }

  #lose(job: Job, worker: PoolWorker, exit: WorkerExit): void {
    if (job.stopping !== undefined) job.endStopped();
    else job.fail(new WorkerLostError(worker.name, job.name, exit), false);
  }

  /** If nothing is in line, a worker that has nothing to do gets what another was sent ahead. */
  #share(idle: PoolWorker): void {
    const laden = this.line.size > 0 ? undefined : this.#placing.ladenBeside(idle);
    if (laden !== undefined) this.#unload(laden);
  }

  /** Takes back what `worker` has not started, and sends it no more until it answers. */
  #unload(worker: PoolWorker): void {
    const taken = worker.takeBack();
    worker.pulse.stuck = true; // after that: to let go of a job is no answer of the worker
    if (taken.length > 0 && worker.empty) this.#emptied(worker);
    this.#putBack(taken);
  }

  /** Into the line, before those that came later. Jobs that are to be stopped end here. */
  #putBack(jobs: readonly Job[]): void {
    for (const job of jobs.toReversed()) {
      job.seq = 0;
      job.place = "in line";
      this.line.addFirst(job);
      if (job.stopping !== undefined) this.stopJob(job);
    }
    if (this.#pumpSoon) return;
    // In a turn of its own: whoever cancels many jobs at once should not have the others sent in between.
    this.#pumpSoon = true;
    queueMicrotask(() => {
      this.#pumpSoon = false;
      this.pump();
    });
  }

  #emptied(worker: PoolWorker): void {
    this.#busy -= 1;
    if (worker.state === "retiring") this.#crew.close(worker);
  }
}
