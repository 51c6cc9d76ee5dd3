import { CancelledError, WaitQueue } from "../core/index.js";
import { type MapPlan, MapRun } from "./map-run.js";
import { AsTheyCome, InOrder, type Window } from "./window.js";

/**
 * A run that is read by `for await`. It works ahead of its reader by at most `limit` running items and
 * `limit` results.
 *
 * Invariant: if a reader waits, the window has nothing ready.
 */
export class ReadRun<I, O> extends MapRun<I, O> implements AsyncIterator<O, undefined> {
  readonly #window: Window<O>;
  readonly #mostAhead: number;
  readonly #readers = new WaitQueue<IteratorResult<O, undefined>>("the results of mapConcurrent");
  readonly #leavers = new WaitQueue("the end of mapConcurrent");
  #ended = false;
  #finished = false;

  constructor(plan: MapPlan<I, O>, ordered: boolean) {
    super(plan);
    this.#window = ordered ? new InOrder() : new AsTheyCome();
    this.#mostAhead = 2 * plan.limit;
  }

  next(): Promise<IteratorResult<O, undefined>> {
    if (this.#finished) return Promise.resolve({ done: true, value: undefined });
    // Results that came before a failure are given before it; a cancel from outside holds at once.
    if (this.#window.ready && !this.cancelledFromOutside) {
      const value = this.#window.take();
      this.fill();
      return Promise.resolve({ done: false, value });
    }
    if (this.#ended) return this.#finish();
    const step = this.#readers.wait();
    this.fill();
    return step;
  }

  /** Left early: cancels and joins what runs. Rejects with real errors that come to light. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#finished = true;
    this.stop(new CancelledError("the loop over the results was left"));
    if (!this.#ended) await this.#leavers.wait();
    this.throwFailures();
    return { done: true, value: undefined };
  }

  protected override hasRoom(claimed: number): boolean {
    return claimed - this.#window.passed < this.#mostAhead;
  }

  protected override keep(index: number, value: O): void {
    this.#window.keep(index, value);
    this.#serve();
  }

  protected override skip(index: number): void {
    this.#window.skip(index);
    this.#serve();
  }

  protected override ended(): void {
    this.#ended = true;
    this.#leavers.wakeAll();
    while (this.#readers.size > 0) {
      try {
        if (!this.#finished) this.throwOutcome();
        this.#readers.wakeOne({ done: true, value: undefined });
      } catch (error) {
        this.#readers.failOne(error);
      }
      this.#finished = true;
    }
  }

  #serve(): void {
    while (this.#readers.size > 0 && this.#window.ready) {
      this.#readers.wakeOne({ done: false, value: this.#window.take() });
    }
  }

  async #finish(): Promise<IteratorReturnResult<undefined>> {
    this.#finished = true;
    this.throwOutcome();
    return { done: true, value: undefined };
  }
}
