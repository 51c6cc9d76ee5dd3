import { END, host, type Timer } from "../core/index.js";
import { type StageInput, StageRun } from "./stage-run.js";

const TIME_IS_UP = Symbol("time is up");

/** Gives items in arrays of `size`; a smaller one at the end, or when its first item has waited `maxWaitMs`. */
export class BatchRun<T> extends StageRun<T, T[]> {
  readonly #size: number;
  readonly #maxWaitMs: number;
  /** A pull that outlasted the batch it was made for: the next batch begins with it. */
  #pending: Promise<IteratorResult<T>> | undefined;
  /** What ended the source in the middle of a batch, which is given first. */
  #failure: { error: unknown } | undefined;

  constructor(size: number, maxWaitMs: number, input: StageInput<T>) {
    super("batch", input);
    this.#size = size;
    this.#maxWaitMs = maxWaitMs;
  }

  protected override async step(): Promise<IteratorResult<T[], undefined>> {
    if (this.#failure !== undefined) throw this.#failure.error;
    const batch: T[] = [];
    let dueMs: number | undefined;
    while (batch.length < this.#size) {
      let item: IteratorResult<T> | typeof TIME_IS_UP;
      try {
        item = await this.#arrival(dueMs);
      } catch (error) {
        if (batch.length === 0 || this.scope.cancelled) throw error;
        this.#failure = { error };
        break;
      }
      if (item === TIME_IS_UP || item.done === true) break;
      batch.push(item.value);
      dueMs ??= host.nowMs() + this.#maxWaitMs;
    }
    return batch.length > 0 ? { done: false, value: batch } : END;
  }

  /** The next item, or word that the batch must go without it. An empty batch waits as long as it takes. */
  async #arrival(dueMs: number | undefined): Promise<IteratorResult<T> | typeof TIME_IS_UP> {
    const pending = (this.#pending ??= this.pull());
    pending.catch(() => {}); // nobody may be waiting for it when it fails; whoever comes next is told
    let timer: Timer | undefined;
    const waits: Promise<IteratorResult<T> | typeof TIME_IS_UP>[] = [pending];
    if (dueMs !== undefined && dueMs !== Infinity) {
      waits.push(
        new Promise((resolve) => {
          timer = host.startTimer(() => resolve(TIME_IS_UP), dueMs - host.nowMs());
        }),
      );
    }
    try {
      const first = waits.length === 1 ? await pending : await Promise.race(waits);
      if (first !== TIME_IS_UP) this.#pending = undefined;
      return first;
    } finally {
      if (timer !== undefined) host.stopTimer(timer);
    }
  }
}
