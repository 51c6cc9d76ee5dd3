import {
  CancelledError,
  type CancelScope,
  Failures,
  NamedScope,
  onlyCancelled,
  TaskGroupError,
} from "../core/index.js";
import type { Source } from "../task/index.js";
import { AsyncPuller, type Puller, pullerOf } from "./source.js";

/** What a run stands on. */
export interface RunInput<I> {
  readonly source: Source<I>;
  /** Opens the step before in a pipeline, whose items this run takes then; `source` is that of the first step. */
  readonly upstream?: ((failures?: Failures) => AsyncIterator<I, undefined>) | undefined;
  readonly outer: CancelScope | undefined;
  /** What to call the run in errors. */
  readonly label: string;
  /** Where to take failures down. The steps of a pipeline share them: apart they would lose their order. */
  readonly failures?: Failures | undefined;
}

const SOURCE = "the source";

/**
 * One run over a source, in a scope of its own.
 *
 * Invariant: once {@link end} has come back, the source is closed and the scope is gone.
 */
export abstract class SourceRun<I> {
  /** Where a cancel from outside comes from. */
  protected readonly outer: CancelScope | undefined;
  protected readonly scope: CancelScope;
  protected readonly failures: Failures;
  protected readonly puller: Puller<I>;
  readonly #input: RunInput<I>;
  #closing: Promise<unknown> | undefined;

  constructor(input: RunInput<I>) {
    this.#input = input;
    const { source, upstream, outer, label, failures = new Failures() } = input;
    this.outer = outer;
    this.failures = failures;
    this.puller = upstream ? new AsyncPuller(upstream(failures)) : pullerOf(source);
    this.scope = new NamedScope(outer, label);
    this.scope.onCancel(() => {
      this.#closing = this.close(); // wakes whoever waits for an item
    });
  }

  protected throwFailures(): void {
    this.failures.throwIfAny(this.#input.label, { indexed: true });
  }

  /** Throws what the run as a whole rejects with, if anything. */
  protected throwOutcome(): void {
    this.throwFailures();
    this.outer?.throwIfCancelled();
  }

  /** Takes down a real error, which cancels the run unless it may go on. */
  protected fail(error: unknown, who: string = SOURCE, index?: number, goesOn = false): void {
    if (onlyCancelled(error, this.scope)) return;
    // What an earlier step failed with has been taken down; what it ends with only sums that up.
    const summary = this.#input.upstream && who === SOURCE && error instanceof TaskGroupError;
    if (!summary) this.failures.add(error, index);
    if (goesOn || this.scope.cancelled) return;
    this.scope.cancel(new CancelledError(`cancelled because ${who} failed`, { cause: error }));
  }

  /** Tells the source that no more is wanted. */
  protected async close(): Promise<unknown> {
    return this.puller.close().catch((error) => this.fail(error));
  }

  protected async end(): Promise<void> {
    await this.#closing;
    await this.close(); // also what was itself running, or just made, when the cancel came
    this.scope.end();
  }
}
