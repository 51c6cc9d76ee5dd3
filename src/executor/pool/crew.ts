import { ConcurrencyError, messageOf, WaitQueue } from "../../core/index.js";
import { OneTimer } from "../jobs/index.js";
import type { Backend, WorkerExit, WorkerStart } from "./backend.js";
import type { PoolPlan } from "./pool-options.js";
import { PoolWorker } from "./pool-worker.js";
import { WorkerInbox, type WorkerNews } from "./worker-inbox.js";

/** So many workers in a row that fail to start break the pool. */
const MOST_FAILED_STARTS = 3;

/** The workers of a pool: how they start, and how they end. */
export class Crew {
  readonly workers: PoolWorker[] = [];
  readonly #backend: Backend;
  readonly #plan: PoolPlan;
  readonly #start: WorkerStart;
  readonly #news: WorkerNews;
  /** Limits on what a worker does without work: to start, and to end. */
  readonly #timers = new Map<PoolWorker, OneTimer>();
  readonly #allGone: WaitQueue;
  #lastId = 0;
  #starting = 0;
  #failedStarts = 0;
  #lastFailure: unknown;

  constructor(backend: Backend, plan: PoolPlan, start: WorkerStart, news: WorkerNews) {
    this.#backend = backend;
    this.#plan = plan;
    this.#start = start;
    this.#news = news;
    this.#allGone = new WaitQueue(`the end of the workers of the ${start.name}`);
  }

  /** Workers that start, and will be free then. */
  get awaited(): number {
    if (this.#starting === 0) return 0;
    return this.workers.filter(({ state, empty }) => state === "starting" && empty).length;
  }

  get full(): boolean {
    return this.workers.length >= this.#plan.workers;
  }

  /** What broke the pool: its workers don't start. */
  get broken(): ConcurrencyError | undefined {
    if (this.#failedStarts < MOST_FAILED_STARTS) return undefined;
    return new ConcurrencyError(
      "BROKEN",
      `the ${this.#start.name} is broken: ${MOST_FAILED_STARTS} workers in a row failed to start, ` +
        `the last because of: ${messageOf(this.#lastFailure)}`,
      { cause: this.#lastFailure },
    );
  }

  add(): void {
    this.#lastId += 1;
    this.#starting += 1;
    const { startTimeoutMs } = this.#plan;
    const name = `${this.#backend.noun} ${this.#lastId} of the ${this.#start.name}`;
    const worker = new PoolWorker(name, this.#plan);
    this.workers.push(worker);
    this.#timerOf(worker).startGrace(() => {
      const error = new Error(`${name} took more than ${startTimeoutMs} ms to start`);
      this.#news.unfit(worker, error);
      if (worker.empty) worker.kill(); // or else it has begun what came along: it is there
    }, startTimeoutMs);
    try {
      worker.attach(this.#backend.start(this.#start, new WorkerInbox(worker, this.#news)));
    } catch (error) {
      // The machine has no more files, processes, room: a failed start like any other.
      this.#news.exited(worker, { exitCode: undefined, signal: undefined, error });
    }
  }

  ready(worker: PoolWorker): void {
    if (worker.killed) return;
    this.#timers.get(worker)?.stop();
    this.#starting -= 1;
    this.#failedStarts = 0;
    worker.ready();
  }

  /** The worker will not start because of `error`. */
  unfit(worker: PoolWorker, error: unknown): void {
    if (worker.state !== "starting") return;
    this.#lastFailure = error;
  }

  /** Ends a worker that holds nothing. */
  close(worker: PoolWorker): void {
    if (worker.state === "starting") worker.kill();
    else if (worker.state !== "closing") {
      worker.close();
      this.killLater(worker);
    }
  }

  /** Ends a worker by force, unless it is spared within the grace, so many times. */
  killLater(worker: PoolWorker, times: number = 1): void {
    this.#timerOf(worker).startGrace(() => worker.kill(), times * this.#plan.graceMs);
  }

  /** It was silent, and answers. */
  spare(worker: PoolWorker): void {
    worker.pulse.silent = false;
    worker.pulse.stuck = false;
    if (worker.state !== "closing") this.#timers.get(worker)?.stop();
  }

  /** Takes a dead worker off the list. */
  remove(worker: PoolWorker, exit: WorkerExit): void {
    if (worker.state === "starting") {
      this.#starting -= 1;
      this.#failedStarts += 1;
      this.#lastFailure ??= exit.error ?? new Error(`${worker.name} exited with ${exit.exitCode}`);
    }
    this.#timers.get(worker)?.stop();
    this.#timers.delete(worker);
    this.workers.splice(this.workers.indexOf(worker), 1);
    if (this.workers.length === 0) this.#allGone.wakeAll();
  }

  async endAll(): Promise<void> {
    for (const worker of this.workers) this.close(worker);
    if (this.workers.length > 0) await this.#allGone.wait();
  }

  #timerOf(worker: PoolWorker): OneTimer {
    let timer = this.#timers.get(worker);
    if (timer === undefined) this.#timers.set(worker, (timer = new OneTimer()));
    return timer;
  }
}
