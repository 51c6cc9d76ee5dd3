import { type CancelScope, requireFunction, requireInteger, requireThat } from "../core/index.js";
import type { Executor, TaskFunction } from "../task/index.js";
import type { ItemScope } from "./item-scope.js";
import { requireSource, type Source } from "./source.js";

/** What is called for each item. A {@link TaskFunction} fits: it just doesn't ask for the index. */
export type MapFunction<I, O> = (input: I, scope: ItemScope) => O | PromiseLike<O>;

/** What to run, checked and with its defaults. */
export interface MapPlan<I, O> {
  readonly source: Source<I>;
  readonly fn: MapFunction<I, O>;
  readonly limit: number;
  readonly ordered: boolean;
  /** True: a failing item does not stop the others. */
  readonly collect: boolean;
  readonly outer: CancelScope | undefined;
  /** What to call the run in errors. */
  readonly label: string;
  /** True if the source is an earlier step of the same pipeline: its failures are this run's own. */
  readonly upstream: boolean;
}

interface MapRequest<I, O> {
  readonly source: Source<I>;
  readonly fn: MapFunction<I, O>;
  readonly limit: number;
  readonly ordered?: boolean | undefined;
  readonly on?: Executor | undefined;
  readonly onError?: string | undefined;
  readonly outer: CancelScope | undefined;
  readonly label: string;
  readonly upstream?: boolean;
}

/** What `fn` gives for an item that has no result. */
export const SKIP: unique symbol = Symbol("no result");

/** Checks a request, in the caller's stack, and fills in the defaults. */
export function planOf<I, O>(request: MapRequest<I, O>): MapPlan<I, O> {
  const { source, fn, limit, on, onError = "stop", ordered = true, upstream = false } = request;
  requireSource(source);
  requireFunction("fn", fn);
  requireNoGenerator(fn);
  requireInteger("limit", limit, 1, true);
  const collect = onError === "collect";
  requireThat(collect || onError === "stop", "onError", '"stop" or "collect"', onError);
  const { outer, label } = request;
  return { source, fn: callOn(fn, on), limit, ordered, collect, outer, label, upstream };
}

/** Gives each item to `fn` here, or to an executor. */
function callOn<I, O>(fn: MapFunction<I, O>, on: Executor | undefined): MapFunction<I, O> {
  if (on === undefined) return fn;
  const task = fn as TaskFunction<I, O>; // the signatures with `on` ask for one
  return (input, scope) => on.submit(task, input, scope) as PromiseLike<O>;
}

function requireNoGenerator(fn: unknown): void {
  const { [Symbol.toStringTag]: kind } = fn as { [Symbol.toStringTag]?: string };
  if (kind !== "AsyncGeneratorFunction") return;
  throw new TypeError("fn must give one result per item, got an async generator: use flatMap(fn)");
}
