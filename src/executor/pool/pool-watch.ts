import { host, type Timer } from "../../core/index.js";
import type { PoolWorker } from "./pool-worker.js";

/** A worker that has not answered for this long is taken its next jobs away. */
const STUCK_MS = 5;
/** So many times that, if it runs none: a busy machine may have kept it, and another worker takes as long to start. */
const PATIENCE = 20;

/** What the watch finds. */
export interface WatchNews {
  /** The worker holds jobs that it has not started, and does not answer. */
  stuck(worker: PoolWorker): void;
  /** Nor does it run any: a task that has settled left its loop without a turn. */
  silent(worker: PoolWorker, patience: number): void;
  /** The worker has had nothing to do. */
  idle(worker: PoolWorker): void;
}

/** Looks after workers from time to time, and only while there is something to look for. */
export class PoolWatch {
  readonly #workers: readonly PoolWorker[];
  readonly #idleMs: number;
  readonly #news: WatchNews;
  #stuckTimer: Timer | undefined;
  #idleTimer: Timer | undefined;
  /** Workers that were idle at the last look. */
  #idle = new Set<PoolWorker>();

  constructor(workers: readonly PoolWorker[], idleMs: number, news: WatchNews) {
    this.#workers = workers;
    this.#idleMs = idleMs;
    this.#news = news;
  }

  /** A worker has been sent a job. */
  watchProgress(): void {
    this.#stuckTimer ??= host.startTimer(this.#lookForStuck, STUCK_MS);
  }

  /** There are workers that may become idle. */
  watchIdle(): void {
    if (this.#idleMs === Infinity) return;
    if (this.#idleTimer !== undefined) return;
    this.#idleTimer = host.startTimer(this.#lookForIdle, this.#idleMs);
    // Not to keep the program alive. Timers of other hosts than Node's have no such thing.
    (this.#idleTimer as { unref?(): void }).unref?.();
  }

  stop(): void {
    if (this.#stuckTimer !== undefined) host.stopTimer(this.#stuckTimer);
    if (this.#idleTimer !== undefined) host.stopTimer(this.#idleTimer);
    this.#stuckTimer = undefined;
    this.#idleTimer = undefined;
  }

  readonly #lookForStuck = (): void => {
    this.#stuckTimer = undefined;
    for (const worker of this.#workers) {
      if (worker.state === "starting") continue;
      const progressed = worker.progressed();
      if (!progressed && worker.lags) this.#report(worker);
      if (progressed ? !worker.empty : worker.lags) this.watchProgress();
    }
  };

  #report(worker: PoolWorker): void {
    const { pulse } = worker;
    const unstarted = worker.unstarted();
    // A worker that reads a long input doesn't answer either: what was taken back is given twice the time at its next
    // worker, or it would never be read.
    const patience = 2 ** Math.max(0, ...unstarted.map((job) => job.returns));
    if (worker.runsNothing && pulse.missed < PATIENCE * patience) return;
    if (worker.runsNothing) for (const job of unstarted) job.returns += 1;
    this.#news.stuck(worker);
    // Asked anew: it may have started a run since, and starts none that was taken back.
    if (!worker.runsNothing || pulse.silent) return;
    pulse.silent = true;
    this.#news.silent(worker, patience);
  }

  readonly #lookForIdle = (): void => {
    this.#idleTimer = undefined;
    const before = this.#idle;
    this.#idle = new Set(
      this.#workers.filter((worker) => worker.state === "ready" && worker.empty),
    );
    for (const worker of this.#idle) if (before.has(worker)) this.#news.idle(worker);
    if (this.#workers.length > 0) this.watchIdle();
  };
}
