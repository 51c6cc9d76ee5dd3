import { CancelledError, CancelScope, TimeoutError } from "../../core/index.js";
import { outOfTime } from "../errors/index.js";
import type { TaskScope } from "../../task/index.js";
import type { Setup } from "./run.js";
import { cancelWordOf, limitWordOf, type Words } from "../wire/index.js";

/** Where a scope sends what its task tells. */
export interface Reporter {
  readonly words: Words;
  /** Throws if `progress` can't be cloned. */
  report(seq: number, progress: unknown): void;
}

/**
 * The scope of a task in a worker.
 *
 * A cancel comes by a frame, which is read when the loop gets a turn. A task that computes without ever
 * giving it one can ask `cancelled` all the same: the word in shared memory has told before. From then on
 * all asking agree; who waits for `signal` or `onCancel` hears of it by the frame.
 */
export class WorkerScope extends CancelScope implements TaskScope {
  readonly attempt: number;
  readonly jobKey: string | undefined;
  readonly traceparent: string | undefined;
  readonly #reporter: Reporter;
  readonly #seq: number;
  readonly #name: string;
  /** What was said to be the reason before the frame came. */
  #earlyReason: CancelledError | undefined;

  /** `name` is the function's own; `place` that of the input in a chunk. */
  constructor(reporter: Reporter, seq: number, name: string, setup?: Setup, place?: number) {
    super();
    this.#reporter = reporter;
    this.#seq = seq;
    this.#name = setup?.name ?? name;
    this.traceparent = setup?.traceparent;
    this.attempt = setup?.attempt ?? 1;
    const key = setup?.jobKey;
    this.jobKey = key === undefined || place === undefined ? key : `${key}/${place}`;
  }

  /** The number by which pool and worker know the run. */
  get id(): number {
    return this.#seq;
  }

  override get name(): string {
    return this.#name;
  }

  override get cancelled(): boolean {
    return super.cancelled || this.#reporter.words.load(cancelWordOf(this.#seq)) === this.#seq;
  }

  override get reason(): unknown {
    if (super.cancelled || !this.cancelled) return super.reason;
    this.#earlyReason ??= this.#reasonFromWords();
    return this.#earlyReason;
  }

  #reasonFromWords(): CancelledError {
    const limitMs = this.#reporter.words.load(limitWordOf(this.#seq));
    if (limitMs === 0) return new CancelledError(`task "${this.#name}" was cancelled`);
    const message = outOfTime(this.#name, limitMs);
    return new CancelledError(message, { cause: new TimeoutError(message) });
  }

  report(progress: unknown): void {
    this.#reporter.report(this.#seq, progress);
  }

  /** The frame has come. */
  deliverCancel(reason: unknown): void {
    if (!super.cancelled) this.spread(this.#earlyReason ?? reason);
  }
}
