import {
  type CancelScope,
  requireFunction,
  requireInteger,
  requireMs,
  scopeOf,
  type Wait,
} from "../core/index.js";
import type { Executor, TaskFunction } from "../task/index.js";
import { BatchRun } from "./batch-run.js";
import { CollectedRun, EachRun } from "./collected-run.js";
import { type FlatMapFunction, FlatRun } from "./flat-run.js";
import { callOn, type MapFunction, type MapPlan, SKIP } from "./map-run.js";
import { ReadRun } from "./read-run.js";
import { type Destination, sinkOf } from "./sink.js";
import { requireSource, type Source } from "./source.js";
import type { StageInput } from "./stage-run.js";

export interface StageOptions {
  /** Most calls running at once; 1 by default. */
  readonly limit?: number;
  /** Results in the order of the items (the default), or as they come. */
  readonly ordered?: boolean;
}

export interface MapStageOptions extends StageOptions {
  /** Where to run the function; here by default. */
  readonly on?: Executor | undefined;
}

export interface PipeToOptions {
  /** Leaves the destination open at the end; so it is for stdout and stderr anyway. */
  readonly preventClose?: boolean;
}

/**
 * A description of steps from a source to an end. Nothing runs before one of the ends ({@link forEach},
 * {@link collect}, {@link pipeTo}, `for await`) asks; each end runs it anew.
 *
 * Backpressure goes from end to end: a step works ahead of the next by its limit, no further. Leaving
 * early, a failure or a cancel stops and joins all steps and closes the source.
 *
 * Cancellation: the `signal` of {@link pipeline}.
 * Errors: one `TaskGroupError`, whichever step failed.
 */
export interface Pipeline<T> extends AsyncIterable<T> {
  map<O>(fn: MapFunction<T, O>, options?: StageOptions): Pipeline<O>;
  map<O>(fn: TaskFunction<T, O>, options: MapStageOptions): Pipeline<O>;
  /** Keeps the items for which `fn` gives true. */
  filter(fn: MapFunction<T, boolean>, options?: StageOptions): Pipeline<T>;
  /** Gives all results of one item, then all of the next. */
  flatMap<O>(fn: FlatMapFunction<T, O>): Pipeline<O>;
  /** Arrays of `size` items; fewer at the end, or when the first has waited `maxWaitMs`. */
  batch(size: number, options?: { readonly maxWaitMs?: number }): Pipeline<T[]>;
  /** Calls `fn` for each item, and passes the item on. */
  tap(fn: MapFunction<T, unknown>, options?: StageOptions): Pipeline<T>;
  forEach(fn: MapFunction<T, unknown>, options?: Omit<StageOptions, "ordered">): Promise<void>;
  collect(): Promise<T[]>;
  /** Writes each item, at the pace of the destination, and closes it. */
  pipeTo(destination: Destination<T>, options?: PipeToOptions): Promise<void>;
}

/**
 * Starts the description of a {@link Pipeline} over `source`.
 *
 * @example
 * const lengths = await pipeline(["a", "bb", "ccc"])
 *   .map(async (word) => word.length, { limit: 2 })
 *   .filter((length) => length > 1)
 *   .collect();
 */
export function pipeline<T>(source: Source<T>, options?: Wait): Pipeline<T> {
  requireSource(source);
  return new Steps<T>(source, scopeOf(options));
}

class Steps<T> implements Pipeline<T> {
  readonly #source: Source<T>;
  readonly #outer: CancelScope | undefined;
  /** True if the source is a step, and not what the pipeline began with. */
  readonly #upstream: boolean;
  /** Set after a map: it can be collected with no step per item. */
  readonly #whole: (() => Promise<T[]>) | undefined;

  constructor(
    source: Source<T>,
    outer: CancelScope | undefined,
    upstream = false,
    whole?: () => Promise<T[]>,
  ) {
    this.#source = source;
    this.#outer = outer;
    this.#upstream = upstream;
    this.#whole = whole;
  }

  map<O>(fn: MapFunction<T, O> | TaskFunction<T, O>, options: MapStageOptions = {}): Pipeline<O> {
    requireFunction("fn", fn);
    return this.#map(callOn(fn as MapFunction<T, O>, options.on), options);
  }

  filter(fn: MapFunction<T, boolean>, options: StageOptions = {}): Pipeline<T> {
    requireFunction("fn", fn);
    return this.#map(
      async (item, scope) => ((await fn(item, scope)) ? item : (SKIP as T)),
      options,
    );
  }

  tap(fn: MapFunction<T, unknown>, options: StageOptions = {}): Pipeline<T> {
    requireFunction("fn", fn);
    return this.#map(async (item, scope) => {
      await fn(item, scope);
      return item;
    }, options);
  }

  flatMap<O>(fn: FlatMapFunction<T, O>): Pipeline<O> {
    requireFunction("fn", fn);
    return this.#step(() => new FlatRun(fn, this.#input()));
  }

  batch(
    size: number,
    { maxWaitMs = Infinity }: { readonly maxWaitMs?: number } = {},
  ): Pipeline<T[]> {
    requireInteger("size", size, 1);
    requireMs("maxWaitMs", maxWaitMs);
    return this.#step(() => new BatchRun(size, maxWaitMs, this.#input()));
  }

  forEach(fn: MapFunction<T, unknown>, options: Omit<StageOptions, "ordered"> = {}): Promise<void> {
    requireFunction("fn", fn);
    const plan = this.#plan(fn, options);
    return this.#end(() => new EachRun(plan).run());
  }

  collect(): Promise<T[]> {
    return this.#end(
      this.#whole ?? (() => new CollectedRun(this.#plan(itself<T>, {}), true).run()),
    );
  }

  pipeTo(destination: Destination<T>, { preventClose = false }: PipeToOptions = {}): Promise<void> {
    const sink = sinkOf(destination);
    const keepsOpen = preventClose || isStandardStream(destination);
    return this.forEach((item) => sink.write(item)).then(
      async () => {
        if (!keepsOpen) await sink.close();
        sink.release();
      },
      async (error) => {
        if (keepsOpen) sink.release();
        else await sink.abort(error);
        throw error;
      },
    );
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    const outer = this.#outer;
    if (outer?.cancelled === true) return { next: () => Promise.reject(outer.reason) };
    if (this.#upstream)
      return (this.#source as AsyncIterable<T, undefined>)[Symbol.asyncIterator]();
    return new ReadRun(this.#plan(itself<T>, {}), true);
  }

  #map<O>(fn: MapFunction<T, O>, options: StageOptions): Pipeline<O> {
    const plan = this.#plan(fn, options);
    const { ordered = true } = options;
    return this.#step(
      () => new ReadRun(plan, ordered),
      () => new CollectedRun(plan, ordered).run(),
    );
  }

  #step<O>(open: () => AsyncIterator<O, undefined>, whole?: () => Promise<O[]>): Pipeline<O> {
    return new Steps<O>({ [Symbol.asyncIterator]: open }, this.#outer, true, whole);
  }

  #plan<O>(fn: MapFunction<T, O>, { limit = 1 }: StageOptions): MapPlan<T, O> {
    requireInteger("limit", limit, 1, true);
    return { ...this.#input(), fn, limit, collect: false, label: "pipeline" };
  }

  #input(): StageInput<T> {
    return { source: this.#source, outer: this.#outer, upstream: this.#upstream };
  }

  #end<R>(run: () => Promise<R>): Promise<R> {
    return this.#outer?.cancelled === true ? Promise.reject(this.#outer.reason) : run();
  }
}

function itself<T>(item: T): T {
  return item;
}

function isStandardStream(destination: unknown): boolean {
  return (
    typeof process !== "undefined" &&
    (destination === process.stdout || destination === process.stderr)
  );
}
