import type { Job } from "../../jobs/index.js";
import { PARCEL_US, type Paces } from "./pace.js";

/** So much work is sent, in parcels for each slot: one that runs, and one that is there when it ends. */
export const AHEAD = 2;

/**
 * How much is sent before something comes back: the rest stays in the executor's own line, where it can be
 * cancelled, overtaken and counted, and where it takes no memory of Redis.
 */
export class SendWindow {
  readonly #limit: number;
  readonly #paces: Paces;
  /** How many jobs are under way, and their cost; see `Pace.costUs`. */
  #jobs = 0;
  #costUs = 0;

  constructor(limit: number, paces: Paces) {
    this.#limit = limit;
    this.#paces = paces;
  }

  get jobs(): number {
    return this.#jobs;
  }

  /** How many tasks can run at once, if the hosts have so many slots. */
  concurrency(slots: number): number {
    if (this.#limit === Infinity) return slots;
    return slots === 0 ? this.#limit : Math.min(this.#limit, slots);
  }

  /** True if there is room for `job`; its cost is noted then. */
  fits(job: Job, slots: number): boolean {
    if (slots === 0) return false;
    const pace = this.#paces.of(job.task);
    // What is sent ahead would run as soon as any slot is free, whatever the limit says.
    const isCapped = this.#limit < slots;
    const costUs = isCapped ? PARCEL_US : pace.costUs(job.units);
    // And of two that should overtake all others, the one that is sent later would be the first.
    const ahead = !isCapped && job.priority >= 0 && pace.maySendAhead(job.units) ? AHEAD : 1;
    if (this.#costUs + costUs > ahead * this.concurrency(slots) * PARCEL_US + 1) return false;
    job.estimateUs = costUs;
    return true;
  }

  enter(job: Job): void {
    this.#jobs += 1;
    this.#costUs += job.estimateUs;
  }

  leave(job: Job): void {
    this.#jobs -= 1;
    this.#costUs = this.#jobs === 0 ? 0 : this.#costUs - job.estimateUs;
  }
}
