import type { Job } from "../jobs/index.js";

const FIRST_LENGTH = 64; // a power of two, as all later ones

/**
 * The jobs that a worker holds, by their numbers.
 *
 * An array in which a number is a place, and not a Map: a Map that is added to and deleted from grows a new
 * table now and then, and each dead table leads to the next, which keeps dead jobs alive for the collector.
 */
export class JobTable {
  #slots: (Job | undefined)[] = empty(FIRST_LENGTH);
  #size = 0;
  #estimateUs = 0;

  get size(): number {
    return this.#size;
  }

  /** How long all of them are thought to take. */
  get estimateUs(): number {
    return this.#estimateUs;
  }

  get(seq: number): Job | undefined {
    const job = this.#slots[seq & (this.#slots.length - 1)];
    return job?.seq === seq ? job : undefined;
  }

  add(job: Job): void {
    while (this.#slots[job.seq & (this.#slots.length - 1)] !== undefined) this.#grow();
    this.#slots[job.seq & (this.#slots.length - 1)] = job;
    this.#size += 1;
    this.#estimateUs += job.estimateUs;
  }

  /** False if the job is not here. */
  delete(job: Job): boolean {
    if (this.get(job.seq) !== job) return false;
    this.#slots[job.seq & (this.#slots.length - 1)] = undefined;
    this.#size -= 1;
    this.#estimateUs = this.#size === 0 ? 0 : this.#estimateUs - job.estimateUs; // sums of fractions drift
    return true;
  }

  /** In the order of their numbers, which wrap around. */
  inOrder(): Job[] {
    const jobs = this.#slots.filter((job) => job !== undefined);
    return jobs.toSorted((a, b) => (a.seq - b.seq) | 0);
  }

  clear(): void {
    this.#slots = empty(FIRST_LENGTH);
    this.#size = 0;
    this.#estimateUs = 0;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = empty(old.length * 2);
    for (const job of old)
      if (job !== undefined) this.#slots[job.seq & (this.#slots.length - 1)] = job;
  }
}

function empty(length: number): undefined[] {
  return Array.from({ length }, () => undefined);
}
