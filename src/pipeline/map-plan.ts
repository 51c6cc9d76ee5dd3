import { requireFunction, requireInteger, requireThat } from "../core/index.js";
import type { Executor, TaskFunction } from "../task/index.js";
import type { ItemScope } from "./item-scope.js";
import type { RunInput } from "./source-run.js";
import { requireSource } from "./source.js";

/** What is called for each item. A {@link TaskFunction} fits: it just doesn't ask for the index. */
export type MapFunction<I, O> = (input: I, scope: ItemScope) => O | PromiseLike<O>;

/** What to run, checked and with its defaults. */
export interface MapPlan<I, O> extends RunInput<I> {
  readonly fn: MapFunction<I, O>;
  readonly limit: number;
  readonly ordered: boolean;
  /** True: a failing item does not stop the others. */
  readonly collect: boolean;
}

interface MapRequest<I, O> extends RunInput<I> {
  readonly fn: MapFunction<I, O>;
  readonly limit: number;
  readonly ordered?: boolean | undefined;
  readonly on?: Pick<Executor, "submit"> | undefined;
  readonly onError?: string | undefined;
}

/** What `fn` gives for an item that has no result. */
export const SKIP: unique symbol = Symbol("skip");

/** Checks a request, in the caller's stack, and fills in the defaults. */
export function planOf<I, O>(request: MapRequest<I, O>): MapPlan<I, O> {
  const { source, fn, limit, on, onError = "stop", ordered = true } = request;
  requireSource(source);
  requireMapFunction(fn);
  requireInteger("limit", limit, 1, true);
  const collect = onError === "collect";
  requireThat(collect || onError === "stop", "onError", '"stop" or "collect"', onError);
  return { ...request, fn: callOn(fn, on), ordered, collect };
}

/** Gives each item to `fn` here, or to an executor. */
function callOn<I, O>(
  fn: MapFunction<I, O>,
  on: Pick<Executor, "submit"> | undefined,
): MapFunction<I, O> {
  if (on === undefined) return fn;
  requireFunction("on.submit", (on as { submit?: unknown }).submit);
  const task = fn as TaskFunction<I, O>; // the signatures with `on` ask for one
  return (input, scope) => on.submit(task, input, scope) as PromiseLike<O>;
}

/** Throws unless `fn` gives one result per item. */
export function requireMapFunction(fn: unknown): void {
  requireFunction("fn", fn);
  const { [Symbol.toStringTag]: kind } = fn as { [Symbol.toStringTag]?: string };
  const holds = kind !== "AsyncGeneratorFunction";
  requireThat(holds, "fn", "no async generator (see flatMap)", fn);
}
