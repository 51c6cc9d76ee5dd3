import type { Scope } from "../../../core/index.js";
import type { Executor, SubmitOptions, TaskFunction } from "../../../task/index.js";
import type { TextTasks } from "../task/index.js";
import type { Load, Place } from "./place.js";

/** Where the function runs now, and why, of an executor that chooses. */
export interface Choice {
  readonly model: string;
  readonly reason: string;
}

export interface PoolPlaceOptions {
  readonly name: string;
  readonly choice?: () => Choice;
  /** What broke the executor for good, if anything did. */
  readonly broken?: () => unknown;
  /** Most calls that run at once, over all workers. */
  readonly limit: number;
  readonly timeoutMs: number | undefined;
  readonly graceMs: number;
}

/** Short functions are only worth a worker if many of their inputs are on the way at once. */
const LEAST_AHEAD = 512;
/** An executor gives the loop its turns itself, and measures best if it is given all that it may have. */
const SLICE_MS = 50;

/** The workers of an executor, each of which loads the function's module. */
export class PoolPlace implements Place {
  readonly ahead: number;
  readonly sliceMs: number = SLICE_MS;
  readonly #pool: Executor;
  readonly #tasks: TextTasks;
  readonly #options: SubmitOptions;
  readonly #name: string;
  readonly #choice: (() => Choice) | undefined;
  readonly #broken: (() => unknown) | undefined;

  constructor(pool: Executor, tasks: TextTasks, scope: Scope, options: PoolPlaceOptions) {
    const { name, choice, broken, limit, timeoutMs, graceMs } = options;
    this.#pool = pool;
    this.#tasks = tasks;
    this.#options = {
      signal: scope.signal,
      graceMs,
      ...(timeoutMs !== undefined && { timeoutMs }),
    };
    this.#name = name;
    this.#choice = choice;
    this.#broken = broken;
    this.ahead = Math.max(LEAST_AHEAD, 4 * limit);
  }

  get name(): string {
    return this.#choice === undefined ? this.#name : `${this.#name}: ${this.#choice().model}`;
  }

  /** Where the function runs now, if the executor chooses. */
  get model(): string | undefined {
    return this.#choice?.().model;
  }

  get reason(): string | undefined {
    return this.#choice?.().reason;
  }

  run(text: string, attempt: number): PromiseLike<string> {
    if (attempt === 1) return this.#submit(this.#tasks.first, text);
    return this.#submit(this.#tasks.again, { text, attempt });
  }

  get broken(): unknown {
    return this.#broken?.();
  }

  load(): Load {
    return this.#pool.stats();
  }

  dismissWaiting(): void {
    void this.#pool.close({ cancelWaiting: true });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  #submit<I>(task: TaskFunction<I, string>, input: I): PromiseLike<string> {
    return this.#pool.submit(task, input, this.#options);
  }
}
