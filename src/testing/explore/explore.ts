import { isDeepStrictEqual, inspect } from "node:util";
import { ConcurrencyError, host, requireFunction } from "../../core/index.js";
import { type Exploration, Exploring, type Judge } from "./exploring.js";
import { type ExploreOptions, planOf } from "./options.js";
import { ExploreHost, type Program } from "./run/index.js";
import { readReplayId } from "./strategies/index.js";

export interface Explore {
  /**
   * Runs `program` under many schedules, on a virtual clock, and rejects for the first under which it goes wrong.
   *
   * At every wait, grant, wake-up and timer of weftwork's, and at every {@link step}, it is chosen who goes on
   * next. `program` is called anew for each schedule and makes all that it uses itself.
   *
   * Errors: an {@link ExplorationError} with what is wrong, the shortest schedule that shows it, and an id for
   * {@link replay}; `NOT_DETERMINISTIC` for a program that does other things when it is run again; `RangeError`
   * if `exhaustive` would take too many schedules, or if there is nothing to choose at all.
   *
   * @example
   * const { schedules } = await explore(
   *   async () => {
   *     let balance = 100;
   *     const lock = new Lock();
   *     const withdraw = (amount: number) =>
   *       lock.run(async () => {
   *         const before = balance;
   *         await step("write balance");
   *         balance = before - amount;
   *       });
   *     await all([() => withdraw(30), () => withdraw(50)]);
   *     if (balance !== 20) throw new Error(`balance is ${balance}`);
   *   },
   *   { strategy: "exhaustive" },
   * );
   * console.log(schedules > 1); // true
   */
  <T>(program: Program<T>, options?: ExploreOptions): Promise<Exploration>;
  /** The same, and every schedule must give the same value. */
  readonly sameResult: <T>(program: Program<T>, options?: ExploreOptions) => Promise<Exploration>;
}

export const explore: Explore = Object.assign(
  async <T>(program: Program<T>, options: ExploreOptions = {}): Promise<Exploration> => {
    requireProgram(program);
    const calledAt = framesAbove(explore);
    return new Exploring(program, { plan: planOf(options), calledAt }).explore();
  },
  {
    async sameResult<T>(program: Program<T>, options: ExploreOptions = {}): Promise<Exploration> {
      requireProgram(program);
      const calledAt = framesAbove(explore.sameResult);
      const setting = { plan: planOf(options), calledAt, judge: sameAsFirst() };
      return new Exploring(program, setting).explore();
    },
  },
);

/**
 * An exploration as a test, for Vitest, `node:test`, and whatever else takes an asynchronous function.
 *
 * Errors: as {@link explore}, when the test runs; they point at where this was called.
 *
 * @example
 * const test = (name: string, run: () => Promise<void>) => run().then(() => console.log("ok", name));
 * await test("items come in order", explored(async () => {
 *   const queue = new Queue<number>({ capacity: 1 });
 *   await all([() => queue.put(1).then(() => queue.put(2)), () => queue.get()]);
 *   if ((await queue.get()) !== 2) throw new Error("out of order");
 * }));
 * // prints:
 * // ok items come in order
 */
export function explored<T>(
  program: Program<T>,
  options: ExploreOptions = {},
): () => Promise<void> {
  const plan = planOf(options);
  const calledAt = framesAbove(explored);
  return async () => {
    requireProgram(program);
    await new Exploring(program, { plan, calledAt }).explore();
  };
}

/**
 * Runs `program` once, under the schedule that a failure of {@link explore} gave the id of, and gives its value.
 *
 * Errors: as {@link explore}, for this schedule; `RangeError` for what is no id.
 *
 * @example
 * const value = await replay("0", () => "as usual");
 * console.log(value); // as usual
 */
export async function replay<T>(
  id: string,
  program: Program<T>,
  options: ExploreOptions = {},
): Promise<T> {
  requireProgram(program);
  const recipe = readReplayId(id);
  const calledAt = framesAbove(replay);
  return new Exploring(program, { plan: planOf(options), calledAt }).replay(recipe);
}

/** The stack of a function's caller: what a test runner shows for a failure. */
function framesAbove(callee: (...args: never[]) => unknown): string {
  const holder = { stack: "" };
  Error.captureStackTrace(holder, callee);
  return holder.stack.split("\n").slice(1).join("\n");
}

function sameAsFirst(): Judge {
  let first: { value: unknown } | undefined;
  return ({ value }) => {
    first ??= { value };
    if (isDeepStrictEqual(value, first.value)) return undefined;
    const lines = [
      `this schedule gives ${inspect(value)}`,
      `the first gave ${inspect(first.value)}`,
    ];
    return { kind: "different results", lines };
  };
}

function requireProgram(program: unknown): void {
  requireFunction("program", program);
  if (host instanceof ExploreHost)
    throw new ConcurrencyError("CLOSED", "explore() inside of a program that is explored");
}
