import type { Scope, Wait } from "../core/index.js";
import type { Results, Source } from "./results.js";
import type { Task } from "./task.js";

/**
 * One input, one scope, one output: the shape of work that runs anywhere. An async generator gives
 * several outputs for its input.
 */
export type TaskFunction<I, O> = (
  input: I,
  scope: TaskScope,
) => O | PromiseLike<O> | AsyncIterable<O>;

/**
 * The scope of one run of a task function.
 *
 * In a worker `signal`, `onCancel` and waits hear of a cancel when its event loop turns; `cancelled` and
 * `throwIfCancelled` also in a loop that never gives it a turn. The reason that such a loop sees may be a
 * plain `CancelledError`; the submitter gets the one that was given.
 */
export interface TaskScope extends Scope {
  /** 1 for the first run, 2 for the first retry. */
  readonly attempt: number;
  /**
   * On a cluster, where a task may run more than once: a key that is the same for each of its runs, and of no
   * other input. Give it to what must not happen twice.
   */
  readonly jobKey?: string | undefined;
  /** The W3C trace context that was given at submit. */
  readonly traceparent?: string | undefined;
  /**
   * Tells whoever submitted the task how far it is, at once; nobody need listen.
   *
   * Errors: `NOT_CLONEABLE`.
   */
  report(progress: unknown): void;
}

export interface SubmitOptions extends Wait {
  /** For messages and traces; the function's own name by default. A scope that is given as options lends its own. */
  readonly name?: string | undefined;
  /** Lower goes first; 0 by default. Equals go in the order of their submit. */
  readonly priority?: number | undefined;
  /** Counted from the task's own start, not from its submit. */
  readonly timeoutMs?: number | undefined;
  /** How long it may wait for its start. Both limits reject with a `TimeoutError`. */
  readonly queueTimeoutMs?: number | undefined;
  /** Between a cancel and the end of the worker that does not heed it; the executor's by default, none inline. */
  readonly graceMs?: number | undefined;
  /** What is moved and not copied, as in `postMessage`. To a process it is copied, and gone here all the same. */
  readonly transfer?: readonly object[] | undefined;
  /** Hears what the task tells by `scope.report`. */
  readonly onProgress?: ((progress: unknown) => void) | undefined;
  /** A W3C trace context, for the task to read. */
  readonly traceparent?: string | undefined;
}

export interface ExecutorMapOptions extends Wait {
  /** Most items, or chunks of items, under way at once; by default twice what can run at once. */
  readonly limit?: number | undefined;
  /** Results in the order of the source (the default), or as they come. */
  readonly ordered?: boolean | undefined;
  /** Items per message; measured from the run by default, so that tiny tasks travel together. */
  readonly chunkSize?: number | "auto" | undefined;
}

/** A snapshot for dashboards and tests; it is stale once you `await`. A chunk of a map counts as one task. */
export interface ExecutorStats {
  /** Live workers, those that are starting included. An inline executor has one: the event loop. */
  readonly workers: number;
  readonly running: number;
  readonly waiting: number;
  /** Tasks that gave a value. */
  readonly completed: number;
  /** Tasks that failed, timed out or lost their worker. */
  readonly failed: number;
  readonly cancelled: number;
}

/**
 * A place to run task functions.
 *
 * It promises: every submitted task settles, whatever dies or closes; a started task is never started
 * again; at most `limit` tasks (or what the workers hold) run at once, where a task runs until its work
 * has stopped. It leaves open: how a value travels, and so whether the task sees a copy of its input.
 *
 * All calls but `close` throw `CLOSED` once it is closed, and `NOT_SELF_CONTAINED` for a function that
 * can't be sent; wrong arguments are a `TypeError` or a `RangeError`, at the call too.
 */
export interface Executor extends AsyncDisposable {
  /**
   * Runs `task` with `input`. A failure that nobody has looked at is a process warning when the executor
   * closes or the task is collected.
   *
   * Cancellation: a task that waits leaves the line. The scope of one that runs is cancelled, and it
   * settles when its work has stopped; `graceMs` later its worker is ended.
   * Errors: the task's own; a `TimeoutError`; `QUEUE_FULL`, `NOT_CLONEABLE`, `WORKER_LOST`, `BROKEN`,
   * `NO_SUCH_TASK`. All reject the task.
   */
  submit<I, O>(task: TaskFunction<I, O>, input: I, options?: SubmitOptions): Task<Awaited<O>>;
  /**
   * Waits for room and then submits, first come, first served. In an object, since a promise of a task
   * would become its value.
   *
   * Cancellation: leaves the wait; once accepted, as {@link submit}.
   * Errors: `CLOSED` if it closes while this waits.
   */
  offer<I, O>(
    task: TaskFunction<I, O>,
    input: I,
    options?: SubmitOptions,
  ): Promise<{ readonly task: Task<Awaited<O>> }>;
  /**
   * The outputs of an async generator, at the pace of their reader: the generator starts with the first
   * read, and is at most 16 outputs ahead.
   *
   * Cancellation: as {@link submit}. Leaving the loop closes the generator, and waits for its end.
   * Errors: as {@link submit}; `next()` rejects with them after the outputs that came before.
   */
  stream<I, O>(
    task: (input: I, scope: TaskScope) => AsyncIterable<O>,
    input: I,
    options?: SubmitOptions,
  ): Results<O>;
  /**
   * Runs `task` for each item of `source`, pulled when there is room. Tasks that are short go to their
   * worker in chunks.
   *
   * Cancellation and errors: as `mapConcurrent`. If a worker dies with a chunk, the error has the place of
   * the chunk's first item.
   */
  map<I, O>(
    task: TaskFunction<I, O>,
    source: Source<I>,
    options?: ExecutorMapOptions,
  ): Results<Awaited<O>>;
  /** How many there are of what. */
  stats(): ExecutorStats;
  /**
   * Takes no more in, and waits until all that is in has settled and the workers have ended. A second call
   * waits for the same end. `cancelWaiting` cancels what has not started.
   */
  close(options?: { readonly cancelWaiting?: boolean }): Promise<void>;
}
