import { inspect } from "node:util";
import { host, leaves, requireThat } from "../../../core/index.js";
import { ExploreHost, type Finding } from "../run/index.js";
import { type Operation, Recording } from "./history.js";
import { isLinearizable, type Model } from "./search.js";

/** Takes down what is called on an object, and what it answers. */
export interface History {
  /** Calls `run`, gives what it gives, and notes it as the operation `name` of the model with `args`. */
  call<T>(name: string, args: readonly unknown[], run: () => T): T;
}

/**
 * Holds an object against a sequential model: what its operations gave must be what they would have given
 * one by one, in some order that agrees with who had ended before whom began.
 *
 * Call it in a program that is explored, for each object anew; when the program has ended the history is
 * looked at. An operation that was cancelled must have had no effect; one that has not ended may have.
 *
 * Errors: an {@link ExplorationError} with the history, from {@link explore}; `TypeError` outside of one.
 *
 * @example
 * await explore(async () => {
 *   const queue = new Queue<number>({ capacity: 10 });
 *   const history = linearizable({
 *     start: () => ({ items: [] as number[] }),
 *     operations: {
 *       put: ({ items }, item: number) => void items.push(item),
 *       get: ({ items }) => (items.length === 0 ? WAITS : items.shift()),
 *     },
 *   });
 *   await all([
 *     () => history.call("put", [1], () => queue.put(1)),
 *     () => history.call("put", [2], () => queue.put(2)),
 *     () => history.call("get", [], () => queue.get()),
 *   ]);
 * });
 */
export function linearizable<S>(model: Model<S>): History {
  const whole = typeof model?.operations === "object" && typeof model.start === "function";
  requireThat(whole, "model", "a { start, operations }", model);
  requireThat(host instanceof ExploreHost, "linearizable()", "in a program under explore", host);
  const { strands, checks } = host as ExploreHost;
  const recording = new Recording();
  checks.push(() => judge(recording, model));
  return {
    call<T>(name: string, args: readonly unknown[], run: () => T): T {
      const operation = recording.begin(name, args, (strands.current ?? strands.main).name);
      return noted(recording, operation, run);
    },
  };
}

function noted<T>(recording: Recording, operation: Operation, run: () => T): T {
  const fail = (error: unknown): never => {
    if (isCancel(error)) recording.forget(operation);
    else recording.end(operation, { kind: "error", error });
    throw error;
  };
  const give = <V>(value: V): V => {
    recording.end(operation, { kind: "value", value });
    return value;
  };
  let result: T;
  try {
    result = run();
  } catch (error) {
    return fail(error);
  }
  return result instanceof Promise ? (result.then(give, fail) as T) : give(result);
}

function isCancel(error: unknown): boolean {
  return leaves(error).every((leaf) => (leaf as Error | undefined)?.name === "AbortError");
}

function judge<S>(recording: Recording, model: Model<S>): Finding | undefined {
  const { operations } = recording;
  if (isLinearizable(operations, model)) return undefined;
  const lines = operations.map(tell);
  const why = "one by one, in whatever order, these would not give what they gave:";
  return { kind: "not linearizable", lines: [why, ...lines] };
}

/** E.g. `3 to 5: "A" put(1) gave undefined`. */
function tell({ name, args, who, begin, end, answer }: Operation): string {
  const call = `"${who}" ${name}(${args.map((arg) => inspect(arg)).join(", ")})`;
  if (answer.kind === "none") return `${begin} on: ${call} has not ended`;
  const gave =
    answer.kind === "error" ? `threw ${String(answer.error)}` : `gave ${inspect(answer.value)}`;
  return `${begin} to ${end}: ${call} ${gave}`;
}
