import type { Job } from "./job.js";

/** The jobs of one priority, in the order of their submit. */
class Lane {
  readonly priority: number;
  first: Job | undefined;
  last: Job | undefined;

  constructor(priority: number) {
    this.priority = priority;
  }
}

/**
 * Jobs that wait: lower priorities first, equals in the order in which they came.
 *
 * Invariant: no lane is empty, and the lanes stand in the order of their priority. There are few of them.
 */
export class JobLine {
  readonly #lanes: Lane[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(job: Job): void {
    const lane = this.#laneOf(job.priority);
    const { last } = lane;
    job.ahead = last;
    if (last === undefined) lane.first = job;
    else last.behind = job;
    lane.last = job;
    this.#size += 1;
  }

  /** Puts a job back that was taken and not started: before all others of its priority. */
  addFirst(job: Job): void {
    const lane = this.#laneOf(job.priority);
    const { first } = lane;
    job.behind = first;
    if (first === undefined) lane.last = job;
    else first.ahead = job;
    lane.first = job;
    this.#size += 1;
  }

  first(): Job | undefined {
    return this.#lanes[0]?.first;
  }

  /** Takes a job out of the line, in which it stands. */
  remove(job: Job): void {
    const { ahead, behind } = job;
    if (ahead === undefined || behind === undefined) {
      const at = this.#indexOf(job.priority);
      const lane = this.#lanes[at] as Lane;
      if (ahead === undefined) lane.first = behind;
      if (behind === undefined) lane.last = ahead;
      if (lane.first === undefined) this.#lanes.splice(at, 1);
    }
    if (ahead !== undefined) ahead.behind = behind;
    if (behind !== undefined) behind.ahead = ahead;
    job.ahead = undefined;
    job.behind = undefined;
    this.#size -= 1;
  }

  #laneOf(priority: number): Lane {
    const at = this.#indexOf(priority);
    const found = this.#lanes[at];
    if (found?.priority === priority) return found;
    const lane = new Lane(priority);
    this.#lanes.splice(at, 0, lane);
    return lane;
  }

  /** Where the lane of this priority stands, or would. */
  #indexOf(priority: number): number {
    let low = 0;
    let high = this.#lanes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lanes[middle] as Lane).priority < priority) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
