import type { CancelScope, Cancellable, Registration } from "./cancel-scope.js";
import { hooks, type WaitInfo } from "./hooks.js";
import { Link, LinkedList } from "./linked-list.js";
import type { Wait } from "./scope.js";
import { scopeOf } from "./signal-scope.js";

/** A suspended caller: its own node in the queue, and what its scope tells of a cancel. */
class Waiter<T, A> extends Link implements Cancellable, WaitInfo {
  readonly ask: A;
  readonly scope: CancelScope | undefined;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
  readonly #queue: WaitQueue<T, A>;
  #registration: Registration | undefined;

  constructor(
    queue: WaitQueue<T, A>,
    scope: CancelScope | undefined,
    ask: A,
    resolve: (value: T) => void,
    reject: (reason: unknown) => void,
  ) {
    super();
    this.#queue = queue;
    this.scope = scope;
    this.ask = ask;
    this.resolve = resolve;
    this.reject = reject;
    if (scope !== undefined) this.#registration = scope.register(this);
  }

  get on(): string {
    return this.#queue.name;
  }

  forgetScope(): void {
    this.#registration?.leave();
    this.#registration = undefined;
  }

  cancelled(reason: unknown): void {
    this.#queue.remove(this);
    this.reject(reason);
    this.#queue.onLeave?.();
  }
}

/**
 * A fair (FIFO) queue of suspended callers. Everything that blocks is built on it.
 *
 * Invariants:
 *  1. A waiter is linked if and only if its promise is pending.
 *  2. Whoever unlinks a waiter settles it in the same synchronous step. A wake-up and a cancel may race
 *     for a waiter, but only one of them can win it: a grant is handed over, and final.
 *
 * A waiter can `ask` for something (a weight, an item to hand on) that the waker sees in {@link first}.
 *
 * @example
 * // A gate that lets one caller through per opening.
 * const waiting = new WaitQueue<void>("gate");
 * const passed = waiting.wait();
 * waiting.wakeOne();
 * await passed;
 */
export class WaitQueue<T = void, A = undefined> {
  /** What a wait here is called in messages and traces. */
  readonly name: string;
  /** Called after a cancelled waiter has left: those behind it may be grantable now. */
  onLeave: (() => void) | undefined;
  readonly #waiters = new LinkedList<Waiter<T, A>>();
  #size = 0;

  constructor(name: string, onLeave?: () => void) {
    this.name = name;
    this.onLeave = onLeave;
  }

  get size(): number {
    return this.#size;
  }

  /** What the oldest waiter asks for; look at `size` first. */
  get firstAsk(): A | undefined {
    return this.#waiters.first?.ask;
  }

  /**
   * Suspends until {@link wakeOne} hands over a value.
   *
   * Cancellation: rejects with the scope's reason and has then left the queue. In a scope that is
   * cancelled already it rejects without joining.
   */
  wait(wait?: Wait, ask?: A): Promise<T> {
    const scope = scopeOf(wait);
    if (scope?.cancelled === true) return Promise.reject(scope.reason);
    return new Promise((resolve, reject) => {
      const waiter = new Waiter<T, A>(this, scope, ask as A, resolve, reject);
      this.#waiters.append(waiter);
      this.#size += 1;
      hooks.waitBegan?.(waiter);
    });
  }

  /** Hands `value` to the oldest waiter. Returns false, keeping nothing, if there is none. */
  wakeOne(value: T): boolean {
    const waiter = this.#takeFirst();
    waiter?.resolve(value);
    return waiter !== undefined;
  }

  /** Hands `value` to each that waits now, oldest first; returns how many. */
  wakeAll(value: T): number {
    const count = this.#size;
    for (let i = 0; i < count; i += 1) this.wakeOne(value);
    return count;
  }

  /** Rejects the oldest waiter with `reason`. Returns false if there is none. */
  failOne(reason: unknown): boolean {
    const waiter = this.#takeFirst();
    waiter?.reject(reason);
    return waiter !== undefined;
  }

  /** Rejects each that waits now with `reason`. */
  failAll(reason: unknown): void {
    for (let count = this.#size; count > 0; count -= 1) this.failOne(reason);
  }

  /** Takes a waiter out; whoever calls this settles it. */
  remove(waiter: Waiter<T, A>): void {
    waiter.unlink();
    this.#size -= 1;
    hooks.waitEnded?.(waiter);
  }

  #takeFirst(): Waiter<T, A> | undefined {
    const waiter = this.#waiters.first;
    if (waiter === undefined) return undefined;
    waiter.forgetScope();
    this.remove(waiter);
    return waiter;
  }
}
