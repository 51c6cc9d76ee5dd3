import { CancelledError, END, gate, WaitQueue } from "../core/index.js";
import type { MapPlan } from "./map-plan.js";
import { MapRun } from "./map-run.js";
import { Window } from "./window.js";

/**
 * A run that is read by `for await`. It works ahead of its reader by at most `limit` running items and
 * `limit` results.
 *
 * Invariant: if a reader waits, the window has nothing ready.
 */
class ReadRun<I, O> extends MapRun<I, O> implements AsyncIterator<O, undefined> {
  readonly #window: Window<O>;
  readonly #mostAhead: number;
  readonly #readers: WaitQueue<IteratorResult<O, undefined>>;
  #finished = false;

  constructor(plan: MapPlan<I, O>) {
    super(plan);
    this.#window = new Window(plan.ordered);
    this.#readers = new WaitQueue(`the results of ${plan.label}`);
    this.#mostAhead = 2 * plan.limit;
    void this.join().then(() => this.#dismissReaders());
  }

  next(): Promise<IteratorResult<O, undefined>> {
    if (this.#finished) return Promise.resolve(END);
    // Results that came before a failure are given before it; a cancel from outside holds at once.
    if (this.#window.ready && !this.outer?.cancelled) {
      const value = this.#window.take();
      this.fill();
      return gate(Promise.resolve({ done: false, value }), this.#readers);
    }
    if (this.ended) return Promise.resolve().then(() => this.#outcome());
    const step = this.#readers.wait();
    this.fill();
    return step;
  }

  /** Left early: cancels and joins what runs. Rejects with real errors that come to light. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#finished = true;
    this.scope.cancel(new CancelledError("the results were left"));
    await this.join();
    this.throwFailures();
    return END;
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

  #serve(): void {
    while (this.#readers.size > 0 && this.#window.ready && !this.outer?.cancelled) {
      this.#readers.wakeOne({ done: false, value: this.#window.take() });
    }
  }

  /** The first reader that has had no result is told of the outcome, the others of the end. */
  #dismissReaders(): void {
    while (this.#readers.size > 0) {
      try {
        this.#readers.wakeOne(this.#outcome());
      } catch (error) {
        this.#readers.failOne(error);
      }
    }
  }

  #outcome(): IteratorReturnResult<undefined> {
    const told = this.#finished;
    this.#finished = true;
    if (!told) this.throwOutcome();
    return END;
  }
}

/** Reads the results of a plan, step by step. */
export function read<I, O>(plan: MapPlan<I, O>): AsyncIterator<O, undefined> {
  const { outer } = plan;
  if (outer?.cancelled) return { next: () => Promise.reject(outer.reason) };
  return new ReadRun(plan);
}
