import {
  CancelledError,
  type CancelScope,
  Failures,
  NamedScope,
  onlyCancelled,
  TaskGroupError,
} from "../core/index.js";
import type { Source } from "../task/index.js";
import { type Puller, pullerOf } from "./source.js";

/** What a run stands on. */
export interface RunInput<I> {
  readonly source: Source<I>;
  readonly outer: CancelScope | undefined;
  /** What to call the run in errors. */
  readonly label: string;
  /** True if the source is an earlier step of the same pipeline: its failures are this run's own. */
  readonly upstream: boolean;
}

const SOURCE = "the source";

/**
 * One run over a source, in a scope of its own.
 *
 * Invariant: once {@link end} has come back, the source is closed and the scope is gone.
 */
export abstract class SourceRun<I> {
  protected readonly scope: CancelScope;
  protected readonly failures: Failures = new Failures();
  protected readonly puller: Puller<I>;
  readonly #input: RunInput<I>;
  #closing: Promise<unknown> | undefined;

  constructor(input: RunInput<I>) {
    this.#input = input;
    this.puller = pullerOf(input.source);
    this.scope = new NamedScope(input.outer, input.label);
    this.scope.onCancel(() => {
      this.#closing = this.close(); // wakes whoever waits for an item
    });
  }

  protected get cancelledFromOutside(): boolean | undefined {
    return this.#input.outer?.cancelled;
  }

  protected throwFailures(): void {
    if (this.failures.count > 0) throw this.failures.toError(this.#input.label, { indexed: true });
  }

  /** Throws what the run as a whole rejects with, if anything. */
  protected throwOutcome(): void {
    this.throwFailures();
    this.#input.outer?.throwIfCancelled();
  }

  /** Takes down a real error, which cancels the run unless it may go on. */
  protected fail(error: unknown, who: string = SOURCE, index?: number, goesOn = false): void {
    if (onlyCancelled(error, this.scope)) return;
    const ours = who === SOURCE && this.#input.upstream && error instanceof TaskGroupError;
    if (ours) this.failures.addAll(error);
    else this.failures.add(error, index);
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
