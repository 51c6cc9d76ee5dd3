import {
  type Failures,
  requireFunction,
  requireInteger,
  requireMs,
  scopeOf,
  type Wait,
} from "../core/index.js";
import type { Executor, Source, TaskFunction } from "../task/index.js";
import { BatchRun } from "./batch-run.js";
import { collect, runEach } from "./collected-run.js";
import { type FlatMapFunction, FlatRun } from "./flat-run.js";
import { type MapFunction, type MapPlan, planOf, requireMapFunction, SKIP } from "./map-plan.js";
import { read } from "./read-run.js";
import { pipeInto } from "./pipe-run.js";
import { type Destination, sinkOf } from "./sink.js";
import { requireSource } from "./source.js";
import type { RunInput } from "./source-run.js";

export interface StageOptions {
  /** Most calls running at once; 1 by default. */
  readonly limit?: number;
  /** Results in the order of the items (the default), or as they come. */
  readonly ordered?: boolean;
}

export interface MapStageOptions extends StageOptions {
  /** Where to run the function; here by default. */
  readonly on?: Pick<Executor, "submit"> | undefined;
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
  return new Steps<T>({ source, outer: scopeOf(options), label: "pipeline" });
}

class Steps<T> implements Pipeline<T> {
  readonly #input: RunInput<T>;
  /** Set after a map: it can be collected with no step per item. */
  readonly #whole: (() => Promise<T[]>) | undefined;

  constructor(input: RunInput<T>, whole?: () => Promise<T[]>) {
    this.#input = input;
    this.#whole = whole;
  }

  map<O>(fn: MapFunction<T, O> | TaskFunction<T, O>, options?: MapStageOptions): Pipeline<O> {
    return this.#map(fn as MapFunction<T, O>, options);
  }

  filter(fn: MapFunction<T, boolean>, options?: StageOptions): Pipeline<T> {
    requireMapFunction(fn);
    return this.#map(
      async (item, scope) => ((await fn(item, scope)) ? item : (SKIP as T)),
      options,
    );
  }

  tap(fn: MapFunction<T, unknown>, options?: StageOptions): Pipeline<T> {
    requireMapFunction(fn);
    return this.#map(async (item, scope) => {
      await fn(item, scope);
      return item;
    }, options);
  }

  flatMap<O>(fn: FlatMapFunction<T, O>): Pipeline<O> {
    requireFunction("fn", fn);
    return this.#step((input) => new FlatRun(fn, input));
  }

  batch(
    size: number,
    { maxWaitMs = Infinity }: { readonly maxWaitMs?: number } = {},
  ): Pipeline<T[]> {
    requireInteger("size", size, 1);
    requireMs("maxWaitMs", maxWaitMs);
    return this.#step((input) => new BatchRun(size, maxWaitMs, input));
  }

  forEach(fn: MapFunction<T, unknown>, options?: Omit<StageOptions, "ordered">): Promise<void> {
    return runEach(this.#plan(fn, options));
  }

  collect(): Promise<T[]> {
    return this.#whole?.() ?? collect(this.#plan(itself<T>));
  }

  pipeTo(destination: Destination<T>, { preventClose = false }: PipeToOptions = {}): Promise<void> {
    return pipeInto(this.#plan(itself<T>), sinkOf(destination, preventClose));
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    const { outer, upstream } = this.#input;
    return upstream && !outer?.cancelled ? upstream() : read(this.#plan(itself<T>));
  }

  #map<O>(fn: MapFunction<T, O>, options?: MapStageOptions): Pipeline<O> {
    const plan = this.#plan(fn, options);
    return this.#step(
      ({ failures }) => read({ ...plan, failures }),
      () => collect(plan),
    );
  }

  #step<O>(
    open: (input: RunInput<T>) => AsyncIterator<O, undefined>,
    whole?: () => Promise<O[]>,
  ): Pipeline<O> {
    const upstream = (failures?: Failures) => open({ ...this.#input, failures });
    return new Steps({ ...this.#input, upstream } as RunInput<never>, whole);
  }

  #plan<O>(fn: MapFunction<T, O>, options?: MapStageOptions): MapPlan<T, O> {
    return planOf({ limit: 1, ...options, ...this.#input, fn });
  }
}

function itself<T>(item: T): T {
  return item;
}
