import { END, host, type Timer } from "../core/index.js";
import type { RunInput } from "./source-run.js";
import { StageRun } from "./stage-run.js";

/** Gives items in arrays of `size`; a smaller one at the end, or when its first item has waited `maxWaitMs`. */
export class BatchRun<T> extends StageRun<T, T[]> {
  readonly #size: number;
  readonly #maxWaitMs: number;
  /** A pull that outlasted the batch it was made for: the next batch begins with it. */
  #pending: Promise<IteratorResult<T>> | undefined;

  constructor(size: number, maxWaitMs: number, input: RunInput<T>) {
    super(input);
    this.#size = size;
    this.#maxWaitMs = maxWaitMs;
  }

  protected override async step(): Promise<IteratorResult<T[], undefined>> {
    this.scope.throwIfCancelled();
    const batch: T[] = [];
    let dueMs: number | undefined;
    while (batch.length < this.#size) {
      let item: IteratorResult<T> | undefined;
      try {
        item = await this.#arrival(dueMs);
      } catch (error) {
        if (batch.length === 0 || this.failures.count === 0) throw error;
        break; // what came before the failure is given before it
      }
      if (item === undefined || item.done === true) break;
      batch.push(item.value);
      dueMs ??= host.nowMs() + this.#maxWaitMs;
    }
    return batch.length > 0 ? { done: false, value: batch } : END;
  }

  /** The next item; undefined if time is up and the batch must go without it. An empty batch waits as long as it takes. */
  async #arrival(dueMs: number = Infinity): Promise<IteratorResult<T> | undefined> {
    const pending = (this.#pending ??= this.pull());
    pending.catch(() => {}); // nobody may be waiting for it when it fails; whoever comes next is told
    let timer: Timer | undefined;
    let arrival: Promise<IteratorResult<T> | undefined> = pending;
    if (dueMs < Infinity) {
      const timeUp = new Promise<undefined>((resolve) => {
        timer = host.startTimer(() => resolve(undefined), dueMs - host.nowMs());
      });
      arrival = Promise.race([pending, timeUp]);
    }
    try {
      const first = await arrival;
      if (first !== undefined) this.#pending = undefined;
      return first;
    } finally {
      if (timer !== undefined) host.stopTimer(timer);
    }
  }
}
