import { type CancelScope, ScopeMember, scopeOf, type Wait, WaitQueue } from "../../core/index.js";
import type { TaskState } from "../../task/index.js";

/**
 * Something that settles once, and who waits for it.
 *
 * It becomes a promise only when somebody awaits it, so a failure that nobody looks at is no unhandled
 * rejection; it is {@link heard} of otherwise.
 */
export abstract class Settling extends ScopeMember implements PromiseLike<unknown> {
  #state: TaskState = "running";
  #outcome: unknown;
  #promise: Promise<unknown> | undefined;
  #resolve: ((value: unknown) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;
  /** For waits that can be cancelled. */
  #waiters: WaitQueue<unknown> | undefined;
  #heard = false;
  /** Called when somebody looks at a failure that nobody had looked at. */
  onHeard: (() => void) | undefined;

  abstract get name(): string;

  get state(): TaskState {
    return this.#state;
  }

  get settled(): boolean {
    return this.#state !== "running";
  }

  /** The value if fulfilled; the error if rejected or cancelled. */
  get outcome(): unknown {
    return this.#outcome;
  }

  /** True if anybody waits, or has waited, for the outcome. */
  get heard(): boolean {
    return this.#heard;
  }

  result(options?: Wait): Promise<unknown> {
    const result = this.#result(scopeOf(options));
    // Results that are awaited one after the other are no unhandled rejections.
    result.catch(ignore);
    return result;
  }

  then<A = unknown, B = never>(
    onFulfilled?: ((value: unknown) => A | PromiseLike<A>) | null,
    onRejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#settling().then(onFulfilled, onRejected);
  }

  /** Takes the outcome. Whoever waits is told by {@link tell}, when the books are in order. */
  protected take(state: TaskState, outcome: unknown): void {
    this.#state = state;
    this.#outcome = outcome;
  }

  protected tell(): void {
    if (this.#state === "fulfilled") {
      this.#resolve?.(this.#outcome);
      this.#waiters?.wakeAll(this.#outcome);
    } else {
      this.#reject?.(this.#outcome);
      this.#waiters?.failAll(this.#outcome);
    }
  }

  #result(scope: CancelScope | undefined): Promise<unknown> {
    if (scope?.cancelled) return Promise.reject(scope.reason);
    if (scope === undefined || this.settled) return this.#settling();
    this.#hear();
    this.#waiters ??= new WaitQueue<unknown>(`task "${this.name}"`);
    return this.#waiters.wait(scope);
  }

  #settling(): Promise<unknown> {
    if (this.#promise !== undefined) return this.#promise;
    this.#hear();
    if (this.#state === "fulfilled") this.#promise = Promise.resolve(this.#outcome);
    else if (this.settled) this.#promise = Promise.reject(this.#outcome);
    else {
      this.#promise = new Promise((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
      });
    }
    return this.#promise;
  }

  #hear(): void {
    if (this.#heard) return;
    this.#heard = true;
    this.onHeard?.();
  }
}

function ignore(): void {}
