import { requireInteger, requireThat } from "../../core/index.js";
import { mapConcurrent } from "../../pipeline/index.js";
import type {
  Executor,
  ExecutorMapOptions,
  Results,
  Source,
  TaskFunction,
} from "../../task/index.js";

/** Twice what runs at once: the next item is there when a place gets free. */
const WINDOW = 2;

/** `executor.map`: the pipeline's own loop, with the executor as the place where it calls. */
export function mapOn<I, O>(
  executor: Pick<Executor, "submit">,
  concurrency: number,
  task: TaskFunction<I, O>,
  source: Source<I>,
  options: ExecutorMapOptions,
): Results<Awaited<O>> {
  const { limit = WINDOW * concurrency, chunkSize = "auto", ordered = true, signal } = options;
  requireInteger("limit", limit, 1, true);
  if (chunkSize !== "auto") {
    requireThat(typeof chunkSize === "number", "chunkSize", 'a number or "auto"', chunkSize);
    requireInteger("chunkSize", chunkSize, 1);
  }
  const results = mapConcurrent(source, task, { limit, ordered, signal, on: executor });
  return results as Results<Awaited<O>>;
}
