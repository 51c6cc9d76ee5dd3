import { ConcurrencyError, scopeOf, type Wait } from "../core/index.js";
import type { Executor, Results, Source, TaskFunction } from "../task/index.js";
import { collect, runEach } from "./collected-run.js";
import { type MapFunction, type MapPlan, planOf } from "./map-plan.js";
import { read } from "./read-run.js";

export interface LocalMapOptions extends Wait {
  /** Most calls running at once; `Infinity` must be asked for. */
  readonly limit: number;
  /** Results in the order of the source (the default), or as they come. */
  readonly ordered?: boolean;
  /**
   * `stop` (the default): the first failure cancels the rest. `collect`: all items are tried, and the
   * failures are reported together at the end.
   */
  readonly onError?: "stop" | "collect";
}

export interface MapOptions extends LocalMapOptions {
  /** Where to run the function; here by default. */
  readonly on?: Pick<Executor, "submit"> | undefined;
}

/**
 * Calls `fn` for each item of `source`, at most `limit` at a time, and gives the results.
 *
 * Items are pulled only when a call can start, so the source may be infinite. Read by `for await`, it
 * works ahead by at most `2 * limit` items; leaving the loop cancels and joins the running calls and
 * closes the source.
 *
 * Cancellation: `signal` cancels the running calls; once they have ended it rejects with the reason.
 * Errors: `TaskGroupError`; its `indices` are the items' places. With `for await`, results before the
 * failure come first.
 *
 * @example
 * const doubled = await mapConcurrent([1, 2, 3], async (n) => n * 2, { limit: 2 }).toArray();
 */
export function mapConcurrent<I, O>(
  source: Source<I>,
  fn: MapFunction<I, O>,
  options: LocalMapOptions,
): Results<O>;
export function mapConcurrent<I, O>(
  source: Source<I>,
  fn: TaskFunction<I, O>,
  options: MapOptions,
): Results<O>;
export function mapConcurrent<I, O>(
  source: Source<I>,
  fn: MapFunction<I, O>,
  options: MapOptions,
): Results<O> {
  return new MapResults(planned(source, fn, options));
}

/**
 * Calls `fn` for each item of `source`, at most `limit` at a time, and keeps no results.
 *
 * Cancellation and errors: as {@link mapConcurrent}.
 *
 * @example
 * await forEachConcurrent([1, 2, 3], async (n) => console.log(n), { limit: 1 });
 */
export function forEachConcurrent<I>(
  source: Source<I>,
  fn: MapFunction<I, unknown>,
  options: Omit<LocalMapOptions, "ordered">,
): Promise<void>;
export function forEachConcurrent<I>(
  source: Source<I>,
  fn: TaskFunction<I, unknown>,
  options: Omit<MapOptions, "ordered">,
): Promise<void>;
export function forEachConcurrent<I>(
  source: Source<I>,
  fn: MapFunction<I, unknown>,
  options: Omit<MapOptions, "ordered">,
): Promise<void> {
  return runEach(planned(source, fn, options));
}

function planned<I, O>(
  source: Source<I>,
  fn: MapFunction<I, O>,
  options: MapOptions,
): MapPlan<I, O> {
  return planOf({ ...options, source, fn, outer: scopeOf(options), label: "mapConcurrent" });
}

class MapResults<I, O> implements Results<O> {
  readonly #plan: MapPlan<I, O>;
  #read = false;

  constructor(plan: MapPlan<I, O>) {
    this.#plan = plan;
  }

  toArray(): Promise<O[]> {
    return collect(this.#readOnce());
  }

  [Symbol.asyncIterator](): AsyncIterator<O, undefined> {
    return read(this.#readOnce());
  }

  #readOnce(): MapPlan<I, O> {
    if (this.#read) throw new ConcurrencyError("CLOSED", "the results were read: map again");
    this.#read = true;
    return this.#plan;
  }
}
