import type { Job } from "../jobs/index.js";
import type { Crew } from "./crew.js";
import type { PoolWorker } from "./pool-worker.js";

/** Chooses the worker that a job is handed to, and has workers started for those that find none. */
export class Placing {
  readonly #crew: Crew;
  /** The place of the worker that was used last: it is awake, and warm. */
  #turn = 0;

  constructor(crew: Crew) {
    this.#crew = crew;
  }

  /** Undefined if the job, the first of so many that wait, has to wait on. */
  find(job: Job, waiting: number): PoolWorker | undefined {
    const { workers } = this.#crew;
    const last = workers[this.#turn];
    if (last?.prefers(job)) return last;
    for (let i = 0; i < workers.length; i += 1) {
      const at = (this.#turn + i) % workers.length;
      if (!workers[at]?.free) continue;
      this.#turn = at;
      return workers[at];
    }
    if (!this.#crew.full && this.#crew.awaited < waiting) this.#crew.add();
    for (let i = 1; i <= workers.length; i += 1) {
      const at = (this.#turn + i) % workers.length;
      if (!workers[at]?.mayHold(job)) continue;
      this.#turn = at;
      return workers[at];
    }
    return this.#first(job);
  }

  /**
   * As long as no worker is there, the most urgent job goes along with the start of the first: it is there before the
   * worker could ask for it. Should another worker be there sooner, the pool takes it back.
   */
  #first(job: Job): PoolWorker | undefined {
    const { workers } = this.#crew;
    if (workers.some(({ state }) => state !== "starting")) return undefined;
    return workers[0]?.mayTakeAlong(job) === true ? workers[0] : undefined;
  }
}
