import type { SubmitOptions, Task, TaskFunction } from "../../task/index.js";
import { ThreadExecutor } from "./thread-executor.js";

let shared: ThreadExecutor | undefined;

/**
 * Runs `task` in a worker thread of a pool that all callers of this share. It starts with the first call,
 * and has as many threads as the machine can run at once; close it never: idle, it keeps nothing alive.
 *
 * Cancellation: as `submit` of a {@link ThreadExecutor}, with its default grace of a second.
 * Errors: the same.
 *
 * @example
 * const total = await toThread((upTo: number) => {
 *   let sum = 0;
 *   for (let n = 1; n <= upTo; n += 1) sum += n;
 *   return sum;
 * }, 1000);
 * console.log(total);
 * // prints:
 * // 500500
 */
export function toThread<I, O>(
  task: TaskFunction<I, O>,
  input: I,
  options?: SubmitOptions,
): Task<Awaited<O>> {
  shared ??= new ThreadExecutor({ name: "shared" });
  return shared.submit(task, input, options);
}
