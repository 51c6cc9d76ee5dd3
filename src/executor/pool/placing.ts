import type { Job } from "../jobs/index.js";
import type { Crew } from "./crew.js";
import type { PoolWorker } from "./pool-worker.js";

/** How much work, by estimate, is sent to a worker ahead of time. */
const AHEAD_US = 600;
const MOST_AHEAD = 1024;
/** One longer run is sent ahead too, up to this: or the worker would stand still while it asks for the next. */
const LONGEST_AHEAD_US = 4000;
/** What it costs to wake a worker. One that is awake will have done so much work by then. */
const WAKING_US = 200;

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
    if (last !== undefined && prefers(last, job)) return last;
    for (let i = 0; i < workers.length; i += 1) {
      const at = (this.#turn + i) % workers.length;
      if (!isFree(workers[at])) continue;
      this.#turn = at;
      return workers[at];
    }
    if (!this.#crew.full && this.#crew.awaited < waiting) this.#crew.add();
    for (let i = 1; i <= workers.length; i += 1) {
      const at = (this.#turn + i) % workers.length;
      if (!mayHold(workers[at], job)) continue;
      this.#turn = at;
      return workers[at];
    }
    return this.#firstToStart(job);
  }

  /** A worker whose next job may wait there for longer than it takes to send it to `idle`, if that has nothing to do. */
  ladenBeside(idle: PoolWorker): PoolWorker | undefined {
    if (!isFree(idle)) return undefined;
    return this.#crew.workers.find(
      ({ held, heldUs, plan }) => held > plan.tasksPerWorker && heldUs > AHEAD_US,
    );
  }

  /**
   * As long as no worker is there, the most urgent job goes along with the start of the first: it is there before the
   * worker could ask for it. Should another worker be there sooner, the pool takes it back.
   */
  #firstToStart(job: Job): PoolWorker | undefined {
    const { workers } = this.#crew;
    const [first] = workers;
    if (first === undefined || first.killed || job.options.transfer !== undefined) return undefined;
    if (workers.some(({ state }) => state !== "starting")) return undefined;
    if (!first.runsNothing) return undefined; // it is there, and its word of it on the way
    const lessUrgent = first.unstarted().every(({ priority }) => priority > job.priority);
    return lessUrgent ? first : undefined;
  }
}

/** True if a job would start at once. */
function isFree(worker: PoolWorker | undefined): boolean {
  if (worker?.state !== "ready" || worker.pulse.silent) return false;
  return worker.held < worker.plan.tasksPerWorker;
}

/** True if the job would rather wait there, for a moment, than wake another worker. */
function prefers(worker: PoolWorker, job: Job): boolean {
  // What a process has done by now is not known.
  if (worker.empty || !worker.instant || !doneSoon(worker, job)) return false;
  // One worker does these as fast as they can be handed over: to wake another would only cost. What is moved goes by the
  // port, which occupies the worker as long as this thread.
  if (job.units === 1 && job.options.transfer === undefined && job.ref?.trifling) return true;
  return worker.behind * job.estimateUs <= WAKING_US;
}

/** True if the job may be sent ahead, to start when those before it have ended. */
function mayHold(worker: PoolWorker | undefined, job: Job): boolean {
  if (worker === undefined) return false;
  return doneSoon(worker, job) || (isCheapToMove(job) && mayHoldLonger(worker, job));
}

/** True if the job can be taken back, and sent elsewhere for little. */
function isCheapToMove(job: Job): boolean {
  return job.options.transfer === undefined && job.ref?.cheapToSend === true;
}

function mayHoldLonger({ state, pulse, plan, held, heldUs }: PoolWorker, job: Job): boolean {
  if (state !== "ready" || pulse.stuck) return false;
  if (plan.maxTasksPerWorker !== Infinity) return false; // one that was taken back would have retired it
  if (Math.max(heldUs, job.estimateUs) > LONGEST_AHEAD_US) return false;
  return held <= plan.tasksPerWorker;
}

/** True if the worker will soon have done all that it holds, and this job too. */
function doneSoon(worker: PoolWorker, job: Job): boolean {
  if (worker.state !== "ready" || worker.pulse.stuck) return false;
  if (worker.heldUs + job.estimateUs > AHEAD_US) return false;
  return worker.held < worker.plan.tasksPerWorker + MOST_AHEAD;
}
