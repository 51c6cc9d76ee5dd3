import { recoverAll } from "./registry.js";

/** What this needs of a `Worker` of `node:worker_threads`. */
export interface WatchedWorker {
  readonly threadId: number;
  readonly performance: { eventLoopUtilization(): { readonly idle: number } };
  once(event: "exit", run: (exitCode: number) => void): unknown;
  once(event: "online", run: () => void): unknown;
}

/** A worker whose death this thread is to clean up after. */
class Child {
  readonly #worker: WatchedWorker;
  readonly #thread: number;
  #online = false;

  constructor(worker: WatchedWorker) {
    this.#worker = worker;
    this.#thread = worker.threadId + 1; // it reads -1 once the worker has gone
    worker.once("online", () => {
      worker.performance.eventLoopUtilization(); // it tells nothing later if it was not read while the worker lived
      this.#online = true;
    });
    worker.once("exit", (exitCode) => this.gone(exitCode !== 0));
  }

  /**
   * True if it has died. Its exit can't be heard while this thread blocks, but the utilization of a loop
   * that is no more has an idle time of -1: not documented, and so pinned by a test on every Node. Of a worker that
   * had not been heard to be online before this thread blocked, it tells nothing.
   */
  get dead(): boolean {
    return this.#online && this.#worker.performance.eventLoopUtilization().idle === -1;
  }

  gone(violently: boolean): void {
    if (children.delete(this)) recoverAll(this.#thread, violently);
  }
}

const children = new Set<Child>();

/**
 * Recovers what a worker thread held when it died: locks pass on, poisoned, and nobody waits for it for ever.
 * A `ThreadExecutor` does so for its workers; call this for a `Worker` of your own, right after its start.
 *
 * What is recovered is what this thread knows: each shared object that was made here or has come here, and is
 * still referred to.
 *
 * @example
 * import { Worker } from "node:worker_threads";
 * const lock = new SharedLock();
 * const worker = new Worker("", { eval: true, workerData: lock.handle() });
 * watchWorker(worker);
 */
export function watchWorker(worker: WatchedWorker): void {
  children.add(new Child(worker));
}

export function childrenToWatch(): boolean {
  return children.size > 0;
}

/** Cleans up after children that have died while this thread could not hear of it. */
export function lookAtChildren(): void {
  for (const child of children) if (child.dead) child.gone(true);
}
