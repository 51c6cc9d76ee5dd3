import type { QueueOptions } from "./contract.js";
import { Queue } from "./queue.js";
import { Stack } from "./stack.js";

/**
 * A {@link Queue} that gives the newest item first: a bounded stack.
 *
 * @example
 * const stack = new LifoQueue<number>({ capacity: 2 });
 * await stack.put(1);
 * await stack.put(2);
 * console.log(await stack.get()); // 2
 */
export class LifoQueue<T> extends Queue<T> {
  constructor(options: QueueOptions) {
    super(options, new Stack<T>());
  }
}
