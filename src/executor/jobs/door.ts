import { type CancelScope, ConcurrencyError, WaitQueue } from "../../core/index.js";
import type { Job } from "./job.js";

/**
 * How many jobs an executor lets in: as many as can run, and `capacity` that wait. Who finds it full is
 * refused, or waits at the door.
 *
 * Invariant: nobody passes those who wait at the door.
 */
export class Door {
  readonly #executor: string;
  readonly #capacity: number;
  readonly #concurrency: () => number;
  readonly #waiting: WaitQueue<{ task: Job }, Job>;
  readonly #empty: WaitQueue;
  #inside = 0;

  constructor(executor: string, capacity: number, concurrency: () => number, onLeave: () => void) {
    this.#executor = executor;
    this.#capacity = capacity;
    this.#concurrency = concurrency;
    this.#waiting = new WaitQueue(`room in the ${executor}`, onLeave);
    this.#empty = new WaitQueue(`the end of the ${executor}`);
  }

  /** Jobs that have been let in and have not settled. */
  get inside(): number {
    return this.#inside;
  }

  get full(): boolean {
    return this.#waiting.size > 0 || !this.#hasRoom;
  }

  enter(): void {
    this.#inside += 1;
  }

  leave(): void {
    this.#inside -= 1;
    if (this.#inside === 0) this.#empty.wakeAll();
  }

  /** Waits until `job` is let in. */
  wait(job: Job, scope: CancelScope | undefined): Promise<{ task: Job }> {
    return this.#waiting.wait(scope, job);
  }

  /** Who waits longest, if there is room now; it is let in by this. */
  next(): Job | undefined {
    if (this.#waiting.size === 0 || !this.#hasRoom) return undefined;
    const job = this.#waiting.firstAsk;
    return job !== undefined && this.#waiting.wakeOne({ task: job }) ? job : undefined;
  }

  close(): void {
    this.#waiting.failAll(new ConcurrencyError("CLOSED", `the ${this.#executor} was closed`));
  }

  async whenEmpty(): Promise<void> {
    if (this.#inside > 0) await this.#empty.wait();
  }

  refusal(job: Job): ConcurrencyError {
    return new ConcurrencyError(
      "QUEUE_FULL",
      `the ${this.#executor} refused task "${job.name}": ${this.#inside} tasks are in it, and its capacity is ` +
        `${this.#capacity} beside the ${this.#concurrency()} that can run; wait for room with offer(), or let map() pull`,
    );
  }

  get #hasRoom(): boolean {
    return this.#inside < this.#capacity + this.#concurrency();
  }
}
