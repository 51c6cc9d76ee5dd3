import {
  ConcurrencyError,
  requireFunction,
  requireInteger,
  scopeOf,
  type Wait,
} from "../core/index.js";
import type { Executor, TaskFunction } from "../task/index.js";
import { CollectedRun, EachRun } from "./collected-run.js";
import { callOn, type MapFunction, type MapPlan } from "./map-run.js";
import { ReadRun } from "./read-run.js";
import { requireSource, type Source } from "./source.js";

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
  readonly on?: Executor | undefined;
}

/**
 * The results of a map. Nothing runs before it is read; it can be read once, by `for await` or
 * {@link toArray}.
 */
export interface Results<O> extends AsyncIterable<O> {
  /** All results at once: the fast path, with no step per item. */
  toArray(): Promise<O[]>;
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
  return new MapResults(source, fn, options);
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
  return new MapResults(source, fn, options).discard();
}

class MapResults<I, O> implements Results<O> {
  readonly #plan: MapPlan<I, O>;
  readonly #ordered: boolean;
  #read = false;

  constructor(source: Source<I>, fn: MapFunction<I, O>, options: MapOptions) {
    const { limit, ordered = true, on, onError = "stop" } = options;
    requireSource(source);
    requireFunction("fn", fn);
    requireInteger("limit", limit, 1, true);
    requireNoGenerator(fn);
    if (onError !== "stop" && onError !== "collect") {
      throw new TypeError(`onError must be "stop" or "collect", got ${String(onError)}`);
    }
    this.#ordered = ordered;
    this.#plan = {
      source,
      fn: callOn(fn, on),
      limit,
      collect: onError === "collect",
      outer: scopeOf(options),
      label: "mapConcurrent",
    };
  }

  toArray(): Promise<O[]> {
    return this.#start(() => new CollectedRun(this.#plan, this.#ordered).run());
  }

  discard(): Promise<void> {
    return this.#start(() => new EachRun(this.#plan).run());
  }

  [Symbol.asyncIterator](): AsyncIterator<O, undefined> {
    this.#readOnce();
    const { outer } = this.#plan;
    if (outer?.cancelled === true) return { next: () => Promise.reject(outer.reason) };
    return new ReadRun(this.#plan, this.#ordered);
  }

  #start<R>(run: () => Promise<R>): Promise<R> {
    this.#readOnce();
    const { outer } = this.#plan;
    return outer?.cancelled === true ? Promise.reject(outer.reason) : run();
  }

  #readOnce(): void {
    if (this.#read)
      throw new ConcurrencyError("CLOSED", "these results have been read: map again to run again");
    this.#read = true;
  }
}

function requireNoGenerator(fn: unknown): void {
  if ((fn as { [Symbol.toStringTag]?: string })[Symbol.toStringTag] !== "AsyncGeneratorFunction")
    return;
  throw new TypeError(
    "fn is an async generator, which gives several results per item: use pipeline(source).flatMap(fn)",
  );
}
