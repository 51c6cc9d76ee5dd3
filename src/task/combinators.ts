import {
  Failures,
  onlyCancelled,
  requireFunction,
  requireInteger,
  requireIterable,
  type Scope,
  type Wait,
} from "../core/index.js";
import { type TaskGroup, withTaskGroup } from "./task-group.js";
import type { Body } from "./task.js";

export interface CombinatorOptions extends Wait {
  /** Most bodies running at once; all of them by default. They start in order. */
  readonly limit?: number;
}

/** A tuple of bodies, for a tuple of values. */
export type Bodies<T extends readonly unknown[]> = { readonly [K in keyof T]: Body<T[K]> };

/**
 * Runs all `bodies`; gives their values, in order. A failure cancels the others, and they are joined.
 *
 * Cancellation: cancels every body; rejects with the signal's reason once they have ended.
 * Errors: `TaskGroupError`.
 *
 * @example
 * const [user, orders] = await all([async () => "ada", async () => [1, 2]]);
 */
export function all<T extends readonly unknown[] | []>(
  bodies: Bodies<T>,
  options?: CombinatorOptions,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>;
export function all<T>(bodies: Iterable<Body<T>>, options?: CombinatorOptions): Promise<T[]>;
export function all<T>(bodies: Iterable<Body<T>>, options: CombinatorOptions = {}): Promise<T[]> {
  const list = checked("all", bodies, options);
  return runEach(list, options, (body, scope) => body(scope));
}

/**
 * Runs all `bodies` and tells of each how it ended, in order; no failure stops the others.
 *
 * Cancellation: cancels every body; rejects with the signal's reason once they have ended.
 *
 * @example
 * const [result] = await allSettled([async () => 1]);
 * if (result?.status === "fulfilled") console.log(result.value);
 */
export function allSettled<T>(
  bodies: Iterable<Body<T>>,
  options: CombinatorOptions = {},
): Promise<PromiseSettledResult<T>[]> {
  const list = checked("allSettled", bodies, options);
  return runEach(list, options, async (body, scope) => {
    try {
      return { status: "fulfilled", value: await body(scope) };
    } catch (reason) {
      return { status: "rejected", reason };
    }
  });
}

/**
 * Gives the first value; failures before it don't count. The losers are cancelled and joined.
 *
 * Cancellation: cancels every body; rejects with the signal's reason once they have ended.
 * Errors: `TaskGroupError` with all failures if no body gives a value; `RangeError` for no bodies.
 *
 * @example
 * const fastest = await any([(scope) => sleep(50, scope).then(() => "far"), async () => "near"]);
 */
export function any<T>(bodies: Iterable<Body<T>>, options: CombinatorOptions = {}): Promise<T> {
  const list = checked("any", bodies, options, 1);
  const failures = new Failures();
  const winner: T[] = [];
  const ended = runEach(list, options, async (body, scope, group) => {
    try {
      const value = await body(scope);
      if (winner.length === 0) winner.push(value);
      group.cancel();
    } catch (error) {
      if (!onlyCancelled(error, scope)) failures.add(error);
    }
  });
  return ended.then(
    () => {
      if (winner.length === 0) throw failures.toError("any()");
      return winner[0] as T;
    },
    (reason) => {
      if (winner.length === 0) failures.throwIfAny("any()"); // real errors beat the cancel from outside
      throw reason;
    },
  );
}

/**
 * Gives what the first body to settle gives: its value, or its failure. The losers are cancelled and joined.
 *
 * Cancellation: cancels every body; rejects with the signal's reason once they have ended.
 * Errors: `TaskGroupError` if the first failed, or a loser failed while it was ending; `RangeError` for no bodies.
 *
 * @example
 * const first = await race([(scope) => sleep(50, scope).then(() => "slow"), async () => "quick"]);
 */
export function race<T>(bodies: Iterable<Body<T>>, options: CombinatorOptions = {}): Promise<T> {
  const list = checked("race", bodies, options, 1);
  const winner: T[] = [];
  return runEach(list, options, async (body, scope, group) => {
    const value = await body(scope);
    if (winner.length === 0) winner.push(value);
    group.cancel();
  }).then(() => winner[0] as T);
}

function checked<T>(
  name: string,
  bodies: Iterable<Body<T>>,
  { limit = Infinity }: CombinatorOptions,
  atLeast = 0,
): Body<T>[] {
  requireInteger("limit", limit, 1, true);
  requireIterable("bodies", bodies);
  const list = Array.from(bodies);
  list.forEach((body, index) => requireFunction(`bodies[${index}]`, body));
  if (list.length < atLeast) throw new RangeError(`${name}() needs at least one body`);
  return list;
}

/** Runs `run` for each body in a task of its own, the next one when one has ended; gives what they gave, in order. */
function runEach<T, R>(
  list: readonly Body<T>[],
  options: CombinatorOptions,
  run: (body: Body<T>, scope: Scope, group: TaskGroup) => R | PromiseLike<R>,
): Promise<R[]> {
  const values = Array.from<R>({ length: list.length });
  return withTaskGroup((group) => {
    let next = 0;
    const startNext = (): void => {
      const index = next;
      const body = list[index];
      if (body === undefined || group.cancelled) return;
      next += 1;
      const task = async (scope: Scope): Promise<void> => {
        values[index] = await run(body, scope, group);
        startNext();
      };
      group.spawn(task, { name: body.name || `body ${index}` });
    };
    for (let i = Math.min(options.limit ?? Infinity, list.length); i > 0; i -= 1) startNext();
    return values;
  }, options);
}
