import { isDeepStrictEqual, inspect } from "node:util";
import type { Answer, Operation } from "./history.js";

/** What a model says of an operation that has to wait in this state. */
export const WAITS: unique symbol = Symbol("waits");

/** A sequential model: what operations do that run one by one. */
export interface Model<S> {
  /** The state in the beginning, made anew; plain data, Maps and Sets. */
  start(): S;
  /** By name: changes the state that it is given, and gives the result, throws, or says {@link WAITS}. */
  readonly operations: Readonly<Record<string, (state: S, ...args: never[]) => unknown>>;
}

/**
 * Is there an order in which the operations, run one by one on the model, would have given what they gave?
 * An operation that had ended before another began must come before it.
 *
 * A search (Wing and Gong: "Testing and Verifying Concurrent Objects", 1993) that remembers which sets of
 * operations have led to which states, and tries none twice (Lowe: "Testing for Linearizability", 2017).
 */
export function isLinearizable<S>(operations: readonly Operation[], model: Model<S>): boolean {
  const seen = new Set<string>();
  const rest: { done: ReadonlySet<Operation>; state: S }[] = [
    { done: new Set(), state: model.start() },
  ];
  for (let here = rest.pop(); here !== undefined; here = rest.pop()) {
    const { done, state } = here;
    const open = operations.filter((operation) => !done.has(operation));
    if (open.every(({ answer }) => answer.kind === "none")) return true;
    const firstEnd = Math.min(...open.map(({ end }) => end));
    for (const operation of open) {
      if (operation.begin > firstEnd) continue; // another one had ended before it began
      const next = structuredClone(state);
      if (!fits(operation, apply(operation, model, next))) continue;
      const then = new Set(done).add(operation);
      const key = keyOf(operations, then, next);
      if (seen.has(key)) continue;
      seen.add(key);
      rest.push({ done: then, state: next });
    }
  }
  return false;
}

function apply<S>({ name, args }: Operation, model: Model<S>, state: S): Answer | undefined {
  const run = model.operations[name];
  if (run === undefined) throw new RangeError(`the model has no operation ${JSON.stringify(name)}`);
  try {
    const value = run(state, ...(args as never[]));
    return value === WAITS ? undefined : { kind: "value", value };
  } catch (error) {
    return { kind: "error", error };
  }
}

/** Does the model's answer agree with what the operation gave? */
function fits({ answer }: Operation, modelled: Answer | undefined): boolean {
  if (modelled === undefined) return false;
  if (answer.kind === "none") return true;
  if (answer.kind === "error")
    return modelled.kind === "error" && nameOf(answer.error) === nameOf(modelled.error);
  return modelled.kind === "value" && isDeepStrictEqual(answer.value, modelled.value);
}

/** Errors are the same if their codes are, or, without codes, their names. */
function nameOf(error: unknown): unknown {
  if (typeof error !== "object" || error === null) return error;
  return "code" in error ? error.code : "name" in error ? error.name : error;
}

function keyOf(operations: readonly Operation[], done: ReadonlySet<Operation>, state: unknown) {
  const bits = operations.map((operation) => (done.has(operation) ? "1" : "0")).join("");
  return `${bits} ${inspect(state, { depth: Infinity, maxArrayLength: Infinity })}`;
}
