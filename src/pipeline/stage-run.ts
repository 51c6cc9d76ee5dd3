import { CancelledError, END } from "../core/index.js";
import { SourceRun } from "./source-run.js";

/**
 * A stage that gives more or fewer items than it takes, one step at a time. Hand-written and no async
 * generator: `return()` of a generator would stand in line behind a step that waits.
 *
 * Invariant: after `return()`, a failure or a cancel from outside, the source is closed and nothing runs.
 */
export abstract class StageRun<I, O> extends SourceRun<I> implements AsyncIterator<O, undefined> {
  /** The last step that was asked for: each waits for the one before. */
  #last: Promise<unknown> = Promise.resolve();
  #finished = false;

  /** Gives the next item, or ends. */
  protected abstract step(): Promise<IteratorResult<O, undefined>>;

  /** Takes an item from the source; throws the scope's reason once that is cancelled, as by a failure. */
  protected async pull(): Promise<IteratorResult<I>> {
    let step: IteratorResult<I> = END;
    try {
      step = await this.puller.pull();
    } catch (error) {
      this.fail(error);
    }
    this.scope.throwIfCancelled();
    return step;
  }

  next(): Promise<IteratorResult<O, undefined>> {
    const step = this.#last.then(() => this.#guarded());
    this.#last = step.catch(() => {});
    return step;
  }

  /** Left early: cancels and joins what runs. Rejects with real errors that come to light. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#finished = true;
    this.scope.cancel(new CancelledError("the results were left"));
    await this.#last;
    await this.end();
    this.throwFailures();
    return END;
  }

  async #guarded(): Promise<IteratorResult<O, undefined>> {
    if (this.#finished) return END;
    try {
      const step = await this.step();
      if (step.done !== true) return step;
    } catch (error) {
      this.fail(error, "a step");
    }
    const left = this.#finished;
    this.#finished = true;
    await this.end();
    if (left) this.throwFailures();
    else this.throwOutcome();
    return END;
  }
}
