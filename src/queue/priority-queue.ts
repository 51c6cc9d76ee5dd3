import { requireFunction } from "../core/index.js";
import { Heap } from "./heap.js";
import type { QueueOptions } from "./contract.js";
import { Queue } from "./queue.js";

export interface PriorityQueueOptions<T> extends QueueOptions {
  /** As in `array.sort`: negative if `a` goes first. */
  readonly compare: (a: T, b: T) => number;
}

/**
 * A {@link Queue} that gives the smallest item first, equal ones in the order in which they came.
 * Items that still wait to be put don't take part yet.
 *
 * Cancellation: as {@link Queue}.
 * Errors: as {@link Queue}; what `compare` throws is thrown by the call that it was called for, and no item is lost.
 *
 * @example
 * const jobs = new PriorityQueue<number>({ capacity: 10, compare: (a, b) => a - b });
 * await jobs.put(3);
 * await jobs.put(1);
 * console.log(await jobs.get()); // 1
 */
export class PriorityQueue<T> extends Queue<T> {
  constructor(options: PriorityQueueOptions<T>) {
    requireFunction("compare", options.compare);
    super(options, new Heap<T>(options.compare));
  }
}
