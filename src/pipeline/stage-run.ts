import {
  CancelledError,
  type CancelScope,
  END,
  Failures,
  NamedScope,
  onlyCancelled,
} from "../core/index.js";
import { type Puller, pullerOf, type Source } from "./source.js";

/** What a stage stands on. */
export interface StageInput<I> {
  readonly source: Source<I>;
  readonly outer: CancelScope | undefined;
  /** True if the source is an earlier stage: its failures are passed on as they are. */
  readonly upstream: boolean;
}

/**
 * A stage that gives more or fewer items than it takes, one step at a time. Hand-written and no async
 * generator: `return()` of a generator would stand in line behind a step that waits.
 *
 * Invariant: after `return()`, a failure or a cancel from outside, the source is closed and nothing runs.
 */
export abstract class StageRun<I, O> implements AsyncIterator<O, undefined> {
  protected readonly scope: CancelScope;
  readonly #label: string;
  readonly #input: StageInput<I>;
  readonly #puller: Puller<I>;
  #step: Promise<unknown> = Promise.resolve();
  #finished = false;
  #reported = false;

  constructor(label: string, input: StageInput<I>) {
    this.#label = label;
    this.#input = input;
    this.#puller = pullerOf(input.source);
    this.scope = new NamedScope(input.outer, label);
    this.scope.onCancel(() => this.#stopped());
  }

  /** Gives the next item, or ends. */
  protected abstract step(): Promise<IteratorResult<O, undefined>>;

  /** Takes an item from the source; throws the scope's reason once that is cancelled. */
  protected async pull(): Promise<IteratorResult<I>> {
    this.#reported = this.#input.upstream; // if it fails now, an earlier step has said why
    const step = await this.#puller.pull();
    this.#reported = false;
    this.scope.throwIfCancelled();
    return step;
  }

  /** What the subclass opened besides the source. */
  protected async closeOwn(): Promise<void> {}

  #stopped(): void {
    // Wakes the step that waits for an item; a failure to close comes to light in #close below.
    this.#close().catch(() => {});
  }

  next(): Promise<IteratorResult<O, undefined>> {
    if (this.#finished) return Promise.resolve(END);
    const step = this.#guarded();
    this.#step = step.catch(() => {});
    return step;
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#finished = true;
    this.scope.cancel(new CancelledError(`the results of ${this.#label} were left`));
    await this.#step;
    await this.#close();
    this.scope.end();
    return END;
  }

  async #guarded(): Promise<IteratorResult<O, undefined>> {
    try {
      const step = await this.step();
      if (step.done === true) {
        this.#finished = true;
        this.scope.end();
      }
      return step;
    } catch (error) {
      this.#finished = true;
      this.scope.cancel(
        new CancelledError(`cancelled because ${this.#label} failed`, { cause: error }),
      );
      await this.#close();
      this.scope.end();
      throw this.#verdict(error);
    }
  }

  #verdict(error: unknown): unknown {
    if (this.#reported) return error;
    if (this.#input.outer?.cancelled && onlyCancelled(error, this.scope))
      return this.#input.outer.reason;
    const failures = new Failures();
    failures.add(error);
    return failures.toError(this.#label);
  }

  async #close(): Promise<void> {
    await this.closeOwn();
    await this.#puller.close();
  }
}
