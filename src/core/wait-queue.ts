import type { CancelScope } from "./cancel-scope.js";
import { hooks, type WaitInfo } from "./hooks.js";
import { gate } from "./host.js";
import type { Wait } from "./scope.js";
import { ScopeMember } from "./scope-member.js";
import { scopeOf } from "./signal-scope.js";

/** A suspended caller: its own node in the queue's list, and in its scope's. */
class Waiter<T, A> extends ScopeMember implements WaitInfo {
  ahead: Waiter<T, A> | undefined;
  behind: Waiter<T, A> | undefined;
  readonly ask: A;
  readonly scope: CancelScope | undefined;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
  readonly #queue: WaitQueue<T, A>;

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
    scope?.register(this);
  }

  get on(): string {
    return this.#queue.name;
  }

  override scopeCancelled(reason: unknown): (() => void) | undefined {
    leaveQueue(this.#queue, this);
    this.reject(reason);
    return this.#queue.onLeave;
  }
}

let leaveQueue: <T, A>(queue: WaitQueue<T, A>, waiter: Waiter<T, A>) => void;

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
  #first: Waiter<T, A> | undefined;
  #last: Waiter<T, A> | undefined;
  #size = 0;

  constructor(name: string, onLeave?: () => void) {
    this.name = name;
    this.onLeave = onLeave;
  }

  /** How many wait. A wake-up may still find nobody: see {@link dropCancelled}. */
  get size(): number {
    return this.#size;
  }

  /** What the waiter asks for that the next wake-up goes to; `size` is zero afterwards if there is none. */
  get firstAsk(): A | undefined {
    return this.#oldest()?.ask;
  }

  /**
   * Suspends until {@link wakeOne} hands over a value.
   *
   * Cancellation: rejects with the scope's reason and has then left the queue. In a scope that is
   * cancelled already it rejects without joining.
   */
  wait(wait?: Wait, ask?: A): Promise<T> {
    const scope = scopeOf(wait);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    const woken = new Promise<T>((resolve, reject) => {
      const waiter = new Waiter<T, A>(this, scope, ask as A, resolve, reject);
      this.#append(waiter);
      hooks.waitBegan?.(waiter);
    });
    return gate(woken, this);
  }

  /** Hands `value` to the oldest waiter. Returns false, keeping nothing, if there is none. */
  wakeOne(value: T): boolean {
    const waiter = this.#takeFirst();
    waiter?.resolve(value);
    return waiter !== undefined;
  }

  /** Hands `value` to each that waits now, oldest first. */
  wakeAll(value: T): void {
    while (this.wakeOne(value));
  }

  /** Rejects the oldest waiter with `reason`. Returns false if there is none. */
  failOne(reason: unknown): boolean {
    const waiter = this.#takeFirst();
    waiter?.reject(reason);
    return waiter !== undefined;
  }

  /** Rejects each that waits now with `reason`. */
  failAll(reason: unknown): void {
    while (this.failOne(reason));
  }

  /**
   * Sends those away whose foreign signal has aborted, while a listener older than ours runs and we have
   * not been told. A wake-up does so by itself with those in its way; who counts on `size` does it first.
   */
  dropCancelled(): void {
    let next = this.#first;
    while (next !== undefined) {
      const waiter: Waiter<T, A> = next;
      next = waiter.behind;
      if (!waiter.scope?.cancelled) continue;
      waiter.leave();
      waiter.scopeCancelled(waiter.scope.reason)?.();
    }
  }

  #oldest(): Waiter<T, A> | undefined {
    while (this.#first?.scope?.cancelled) this.dropCancelled();
    return this.#first;
  }

  #takeFirst(): Waiter<T, A> | undefined {
    const waiter = this.#oldest();
    if (waiter !== undefined) this.#unlink(waiter);
    waiter?.leave();
    return waiter;
  }

  #append(waiter: Waiter<T, A>): void {
    const last = this.#last;
    waiter.ahead = last;
    if (last === undefined) this.#first = waiter;
    else last.behind = waiter;
    this.#last = waiter;
    this.#size += 1;
  }

  /** Takes a waiter out; whoever calls this settles it. */
  #unlink(waiter: Waiter<T, A>): void {
    const { ahead, behind } = waiter;
    if (ahead === undefined) this.#first = behind;
    else ahead.behind = behind;
    if (behind === undefined) this.#last = ahead;
    else behind.ahead = ahead;
    waiter.ahead = undefined; // cleared for the collector, as in CancelScope.unregister
    waiter.behind = undefined;
    this.#size -= 1;
    hooks.waitEnded?.(waiter);
  }

  static {
    leaveQueue = (queue, waiter) => queue.#unlink(waiter);
  }
}
