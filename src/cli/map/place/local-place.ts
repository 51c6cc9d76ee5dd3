import { type CancelScope, scopeOf } from "../../../core/index.js";
import { withTimeout } from "../../../task/index.js";
import { CallScope, type TextTasks } from "../task/index.js";
import type { Load, Place } from "./place.js";

export interface LocalPlaceOptions {
  readonly limit: number;
  readonly timeoutMs: number | undefined;
}

/** Timers and signals should not wait longer than this. */
const SLICE_MS = 8;

/** This thread: for functions that wait, and for those too short to be sent anywhere. */
export class LocalPlace implements Place {
  readonly name = "async";
  readonly reason: undefined;
  readonly sliceMs: number = SLICE_MS;
  readonly ahead: number;
  readonly #tasks: TextTasks;
  readonly #scope: CancelScope;
  readonly #timeoutMs: number | undefined;
  /** Of calls without a time limit: one for all, since they are cancelled together. */
  readonly #firstScope: CallScope;
  #running = 0;

  constructor(tasks: TextTasks, scope: CancelScope, { limit, timeoutMs }: LocalPlaceOptions) {
    this.#tasks = tasks;
    this.#scope = scope;
    this.#timeoutMs = timeoutMs;
    this.#firstScope = new CallScope(scope, 1);
    this.ahead = limit;
  }

  run(text: string, attempt: number): string | PromiseLike<string> {
    if (this.#timeoutMs !== undefined) return this.#count(this.#timed(text, attempt));
    const scope = attempt === 1 ? this.#firstScope : new CallScope(this.#scope, attempt);
    const lines = this.#tasks.first(text, scope);
    return typeof lines === "string" ? lines : this.#count(lines);
  }

  load(): Load {
    return { running: this.#running, waiting: 0 };
  }

  dismissWaiting(): void {} // nothing waits here

  async close(): Promise<void> {}

  #timed(text: string, attempt: number): Promise<string> {
    const call = (scope: object): string | Promise<string> =>
      this.#tasks.first(text, new CallScope(scopeOf(scope)!, attempt));
    return withTimeout(this.#timeoutMs!, call, this.#scope);
  }

  async #count(lines: Promise<string>): Promise<string> {
    this.#running += 1;
    try {
      return await lines;
    } finally {
      this.#running -= 1;
    }
  }
}
