import {
  END,
  gate,
  requireIterable,
  requireThat,
  scopeOf,
  type Wait,
  WaitQueue,
} from "../core/index.js";
import type { Task } from "./task.js";

/**
 * A task that has settled. It is the task itself; its type leaves `then` out, because TypeScript takes
 * whatever `for await` gives for awaited, which at run time it is not.
 */
export type SettledTask<T> = Omit<Task<T>, "then">;

/**
 * Gives the tasks in the order in which they settle, the settled ones first.
 *
 * Cancellation: ends the iteration's wait with the scope's reason; the tasks run on.
 *
 * @example
 * await withTaskGroup(async (group) => {
 *   const tasks = [3, 1, 2].map((n) => group.spawn((scope) => sleep(n, scope).then(() => n)));
 *   for await (const task of asCompleted(tasks)) console.log(await task.result());
 * });
 */
export function asCompleted<T>(
  tasks: Iterable<Task<T>>,
  options?: Wait,
): AsyncIterable<SettledTask<T>> {
  requireIterable("tasks", tasks);
  const all = Array.from(tasks);
  scopeOf(options); // a bad signal throws here and not at the first step
  for (const task of all) {
    requireThat(typeof task?.then === "function", "tasks", "tasks of a group", task);
  }
  return { [Symbol.asyncIterator]: () => new Completions(all, options) };
}

/**
 * Hand-written: a generator's `yield` would await the task and give its value. For the same reason a
 * task is handed over wrapped, as an iterator's result.
 *
 * Invariant: a settled task in stock and a waiting caller never coexist.
 */
class Completions<T> implements AsyncIterator<SettledTask<T>, undefined> {
  readonly #settled: IteratorYieldResult<SettledTask<T>>[] = [];
  #given = 0;
  readonly #waiting = new WaitQueue<IteratorYieldResult<SettledTask<T>>>("the next task to settle");
  readonly #wait: Wait | undefined;
  /** Tasks that no caller has been given. */
  #left: number;

  constructor(tasks: readonly Task<T>[], wait: Wait | undefined) {
    this.#wait = wait;
    this.#left = tasks.length;
    for (const task of tasks) {
      const hand = (): void => this.#hand({ done: false, value: task });
      task.then(hand, hand);
    }
  }

  next(): Promise<IteratorResult<SettledTask<T>, undefined>> {
    const scope = scopeOf(this.#wait);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    if (this.#left <= this.#waiting.size) return Promise.resolve(END);
    const inStock = this.#settled[this.#given];
    if (inStock === undefined) return this.#waiting.wait(scope);
    this.#given += 1; // and no shift(): it moves the whole array
    this.#left -= 1;
    return gate(Promise.resolve(inStock), this.#waiting);
  }

  #hand(settled: IteratorYieldResult<SettledTask<T>>): void {
    if (this.#waiting.wakeOne(settled)) this.#left -= 1;
    else this.#settled.push(settled);
  }
}
