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

/** What a map needs of an executor. */
export interface MapPlace {
  readonly concurrency: number;
  /** Runs `task` for `input`, or for each of a chunk of `units` inputs. */
  runItem(task: AnyTask, input: unknown, units: number, wait: Wait): PromiseLike<unknown>;
  /** How many items should go to `task` at once; undefined: always one. */
  chunkSizeFor(task: AnyTask): number | undefined;
}

/** Twice what runs at once: the next item is there when a place gets free. */
const WINDOW = 2;

/** `executor.map`: the pipeline's own loop over items, or over chunks of them, with the executor as the place. */
export function mapOn<I, O>(
  place: MapPlace,
  task: TaskFunction<I, O>,
  source: Source<I>,
  options: ExecutorMapOptions,
): Results<Awaited<O>> {
  const { limit = WINDOW * place.concurrency, chunkSize = "auto", ordered = true } = options;
  requireSource(source);
  requireInteger("limit", limit, 1, true);
  if (chunkSize !== "auto") {
    requireThat(typeof chunkSize === "number", "chunkSize", 'a number or "auto"', chunkSize);
    requireInteger("chunkSize", chunkSize, 1);
  }
  scopeOf(options); // a wrong signal is told at the call
  const plan = { limit, ordered, signal: options.signal };
  const fn = task as AnyTask;
  const sizeNow = (): number => (chunkSize === "auto" ? (place.chunkSizeFor(fn) ?? 1) : chunkSize);
  // To fill a chunk from an asynchronous source would mean to wait while there is something to do.
  const one = chunkSize === 1 || (chunkSize === "auto" && !(Symbol.iterator in source));
  if (one || place.chunkSizeFor(fn) === undefined) {
    const results = mapConcurrent(source, (item, scope) => place.runItem(fn, item, 1, scope), plan);
    return results as Results<Awaited<O>>;
  }
  const run = async ({ items, first }: Chunk<I>, scope: Scope): Promise<readonly unknown[]> => {
    try {
      if (items.length === 1) return [await place.runItem(fn, items[0], 1, scope)];
      return (await place.runItem(fn, new Items(items), items.length, scope)) as unknown[];
    } catch (error) {
      throw onlyCancelled(error, scope) ? error : new PlacedFailure(error, first);
    }
  };
  return new ChunkedResults(mapConcurrent(chunksOf(source, sizeNow), run, plan));
}
