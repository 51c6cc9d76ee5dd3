import {
  onlyCancelled,
  requireInteger,
  requireThat,
  type Scope,
  scopeOf,
  type Wait,
} from "../../core/index.js";
import { mapConcurrent } from "../../pipeline/index.js";
import { requireSource } from "../../pipeline/source.js";
import type { ExecutorMapOptions, Results, Source, TaskFunction } from "../../task/index.js";
import type { AnyTask } from "../tasks/index.js";
import { Items } from "../wire/index.js";
import { type Chunk, chunksOf } from "./chunks-of.js";
import { ChunkedResults, PlacedFailure } from "./chunked-results.js";
import { PullGate } from "./pull-gate.js";

/** What a map needs of an executor. */
export interface MapPlace {
  readonly concurrency: number;
  /** Runs `task` for `input`, or for each of a chunk of `units` inputs. */
  runItem(task: AnyTask, input: unknown, units: number, wait: Wait): PromiseLike<unknown>;
  /** How many items should go to `task` at once; undefined: always one. */
  chunkSizeFor(task: AnyTask): number | undefined;
  /** How many items, or chunks, should be under way now: of a place whose concurrency changes while a map runs. */
  readonly window?: number;
}

/** Twice what runs at once: the next item is there when a place gets free. */
const WINDOW = 2;
/** More than any window. */
const MOST_PULLED = 1 << 14;

/** `executor.map`: the pipeline's own loop over items, or over chunks of them, with the executor as the place. */
export function mapOn<I, O>(
  place: MapPlace,
  task: TaskFunction<I, O>,
  source: Source<I>,
  options: ExecutorMapOptions,
): Results<Awaited<O>> {
  const { limit, chunkSize = "auto", ordered = true } = options;
  requireSource(source);
  requireInteger("limit", limit ?? 1, 1, true);
  if (chunkSize !== "auto") {
    requireThat(typeof chunkSize === "number", "chunkSize", 'a number or "auto"', chunkSize);
    requireInteger("chunkSize", chunkSize, 1);
  }
  const scope = scopeOf(options); // a wrong signal is told at the call
  const gate =
    limit === undefined && place.window !== undefined ? new PullGate(place, scope) : undefined;
  const most = gate === undefined ? WINDOW * place.concurrency : MOST_PULLED;
  const plan = { limit: limit ?? most, ordered, signal: options.signal };
  const pulled = <T>(items: Source<T>): Source<T> => gate?.pulls(items) ?? items;
  const metered = <T>(results: Results<T>): Results<T> => gate?.metered(results) ?? results;
  const run = (input: unknown, units: number, scope: Scope): PromiseLike<unknown> => {
    const outcome = place.runItem(task as AnyTask, input, units, scope);
    gate?.enter(outcome);
    return outcome;
  };
  const fn = task as AnyTask;
  const sizeNow = (): number => (chunkSize === "auto" ? (place.chunkSizeFor(fn) ?? 1) : chunkSize);
  // To fill a chunk from an asynchronous source would mean to wait while there is something to do.
  const one = chunkSize === 1 || (chunkSize === "auto" && !(Symbol.iterator in source));
  if (one || place.chunkSizeFor(fn) === undefined) {
    const results = mapConcurrent(pulled(source), (item, scope) => run(item, 1, scope), plan);
    return metered(results as Results<Awaited<O>>);
  }
  const runChunk = async (
    { items, first }: Chunk<I>,
    scope: Scope,
  ): Promise<readonly unknown[]> => {
    try {
      if (items.length === 1) return [await run(items[0], 1, scope)];
      return (await run(new Items(items), items.length, scope)) as unknown[];
    } catch (error) {
      throw onlyCancelled(error, scope) ? error : new PlacedFailure(error, first);
    }
  };
  const chunks = mapConcurrent(pulled(chunksOf(source, sizeNow)), runChunk, plan);
  return new ChunkedResults(metered(chunks));
}
