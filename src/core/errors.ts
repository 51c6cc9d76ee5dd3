/**
 * Why an operation failed, stable across versions and threads: test the code, never the message.
 *
 * - `CANCELLED`: its scope was cancelled, with no more particular reason given.
 * - `TIMEOUT`: its timer ran out.
 * - `TASKS_FAILED`: one or more of several tasks failed; `errors` has them all.
 * - `CLOSED`: you, or your side, closed it before.
 * - `BROKEN`: the others can't all come any more (a barrier that was reset or aborted).
 * - `NOT_HELD`: the lock that this needs is not held.
 * - `DEADLOCK`: nothing can run, ever again (found by a virtual host); a thread waits for a lock that it holds.
 * - `WOULD_BLOCK`: it would block the main thread.
 * - `QUEUE_FULL`: as many tasks wait as the executor's capacity allows.
 * - `OVERLOADED`: an adaptive limiter has too many callers, or made this one wait too long: shed the load.
 * - `WORKER_LOST`: the worker that ran the task has died.
 * - `NOT_CLONEABLE`: a value that can't leave its thread or process.
 * - `NOT_SELF_CONTAINED`: a function that travels by its source text uses something outside itself.
 * - `NO_SUCH_TASK`: the worker's module doesn't define the task.
 * - `TOO_LARGE`: a value is larger than what may be sent to a cluster.
 * - `SCHEDULE_FAILED`: an exploration found a schedule under which the program goes wrong.
 * - `NOT_DETERMINISTIC`: a program under exploration does other things when it is run again.
 */
export type ErrorCode =
  | "CANCELLED"
  | "TIMEOUT"
  | "TASKS_FAILED"
  | "CLOSED"
  | "BROKEN"
  | "NOT_HELD"
  | "DEADLOCK"
  | "WOULD_BLOCK"
  | "QUEUE_FULL"
  | "OVERLOADED"
  | "WORKER_LOST"
  | "NOT_CLONEABLE"
  | "NOT_SELF_CONTAINED"
  | "NO_SUCH_TASK"
  | "TOO_LARGE"
  | "SCHEDULE_FAILED"
  | "NOT_DETERMINISTIC";

/** A failure that weftwork itself found, as opposed to one thrown by your functions. */
export class ConcurrencyError extends Error {
  override name: string = "ConcurrencyError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * The default reason of a cancel. Its name is `AbortError`, so that code which knows the platform's
 * aborts knows it too.
 */
export class CancelledError extends ConcurrencyError {
  override name = "AbortError";

  constructor(message: string = "cancelled", options?: ErrorOptions) {
    super("CANCELLED", message, options);
  }
}

/** A timer ran out. It appears only at the boundary that owns the timer; inside, the scope is cancelled. */
export class TimeoutError extends ConcurrencyError {
  override name = "TimeoutError";

  constructor(message: string, options?: ErrorOptions) {
    super("TIMEOUT", message, options);
  }
}

/**
 * One or more of several tasks failed. `errors` holds each failure once, in the order in which they
 * settled: the first is the root cause and also the `cause`. Nested groups stay nested; see {@link leaves}.
 */
export class TaskGroupError extends AggregateError {
  override name = "TaskGroupError";
  readonly code: ErrorCode = "TASKS_FAILED";
  /** For maps: the place in the input of each of `errors`; undefined for one that no input caused. */
  declare readonly indices?: readonly (number | undefined)[];

  constructor(
    errors: readonly unknown[],
    message: string,
    { indices }: { indices?: readonly (number | undefined)[] } = {},
  ) {
    super(errors, message, { cause: errors[0] });
    if (indices !== undefined) this.indices = indices;
  }
}

/** Every failure in a tree of aggregates, flattened, in order; an error that is no aggregate, or an empty one, is its own leaf. */
export function leaves(error: unknown): unknown[] {
  return walk(error, () => false);
}

/** Does `holds` hold for `error`, or, if it is an aggregate, for all that it is made of? */
export function allLeaves(error: unknown, holds: (leaf: unknown) => boolean): boolean {
  return walk(error, holds).every(holds);
}

function walk(error: unknown, isLeaf: (error: unknown) => boolean): unknown[] {
  const found: unknown[] = [];
  const seen = new Set<unknown>(); // aggregates can contain themselves
  const rest = [error];
  while (rest.length > 0) {
    const next = rest.pop();
    const inner = isLeaf(next) ? undefined : errorsIn(next);
    if (inner === undefined) found.push(next);
    else if (!seen.has(next)) {
      seen.add(next);
      for (let i = inner.length - 1; i >= 0; i -= 1) rest.push(inner[i]);
    }
  }
  return found;
}

/** What an aggregate holds; undefined if `error` is none, or an empty one, or of a kind that throws when it is looked at. */
function errorsIn(error: unknown): readonly unknown[] | undefined {
  try {
    const holds = error instanceof AggregateError && Array.isArray(error.errors);
    return holds && error.errors.length > 0 ? error.errors : undefined;
  } catch {
    return undefined;
  }
}

/** The message of whatever was thrown, for use in the message of an error about it. */
export function messageOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return "unprintable";
  }
}
