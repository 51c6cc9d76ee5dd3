import {
  ConcurrencyError,
  DONE,
  gate,
  label,
  requireInteger,
  scopeOf,
  type Wait,
  WaitQueue,
} from "../core/index.js";
import type { QueueOptions, QueueStats } from "./contract.js";
import { Ring } from "./ring.js";
import type { Store } from "./store.js";
import { Values } from "./values.js";

/**
 * A bounded FIFO queue between producers and consumers: a full one makes `put` wait, an empty one `get`.
 *
 * Invariants: if somebody waits to get, it is empty and nobody waits to put; if somebody waits to put, it is full.
 *
 * `get` and `for await` give items through promises, which unwrap thenables: wrap promises and tasks.
 *
 * @example
 * const queue = new Queue<string>({ capacity: 10 });
 * await queue.put("first");
 * queue.close();
 * for await (const item of queue) console.log(item);
 */
export class Queue<T> implements AsyncIterable<T> {
  readonly capacity: number;
  readonly #label: string;
  readonly #store: Store<T>;
  readonly #putters: WaitQueue<void, T>;
  readonly #getters: WaitQueue<T>;
  readonly #joiners: WaitQueue;
  #unfinished = 0;
  #closed = false;

  constructor({ capacity, name }: QueueOptions, store: Store<T> = new Ring<T>()) {
    requireInteger("capacity", capacity, 1, true);
    this.capacity = capacity;
    this.#label = label("queue", name);
    this.#store = store;
    this.#putters = new WaitQueue(`put on ${this.#label}`);
    this.#getters = new WaitQueue(`get on ${this.#label}`);
    this.#joiners = new WaitQueue(`join of ${this.#label}`);
  }

  get size(): number {
    return this.#store.size;
  }

  /** Puts an item in if there is room now. Errors: `CLOSED`. */
  tryPut(item: T): boolean {
    if (this.#closed) throw this.#closedError("put");
    if (this.#store.size >= this.capacity) return false;
    this.#accept(item);
    return true;
  }

  /**
   * Puts an item in, waiting for room.
   *
   * Cancellation: rejects with the scope's reason; the item is not in the queue then.
   * Errors: `CLOSED`, also if the queue is closed while this waits.
   */
  put(item: T, options?: Wait): Promise<void> {
    const scope = scopeOf(options);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    if (this.#closed) return Promise.reject(this.#closedError("put"));
    if (this.#store.size >= this.capacity) return this.#putters.wait(scope, item);
    this.#accept(item);
    return gate(DONE, this.#putters);
  }

  /** Takes an item out if there is one now; it comes wrapped, because undefined can be an item. */
  tryGet(): { value: T } | undefined {
    return this.#store.size === 0 ? undefined : { value: this.#take() };
  }

  /**
   * Takes an item out, waiting for one.
   *
   * Cancellation: rejects with the scope's reason and has taken nothing.
   * Errors: `CLOSED` once a closed queue is empty.
   */
  get(options?: Wait): Promise<T> {
    const scope = scopeOf(options);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    if (this.#store.size > 0) return gate(Promise.resolve(this.#take()), this.#getters);
    if (this.#closed) return Promise.reject(this.#closedError("get"));
    return this.#getters.wait(scope);
  }

  /**
   * Takes what is there, at least one and at most `max` items, waiting for the first: a batch costs one wait.
   *
   * Cancellation: rejects with the scope's reason and has taken nothing.
   * Errors: `CLOSED` once a closed queue is empty; `RangeError` for a `max` below 1.
   */
  getMany(max: number, options?: Wait): Promise<T[]> {
    requireInteger("max", max, 1, true);
    const scope = scopeOf(options);
    if (this.#store.size > 0 && !scope?.cancelled)
      return gate(Promise.resolve(this.#fill([], max)), this.#getters);
    return this.get(scope).then((first) => this.#fill([first], max));
  }

  /** Says that an item taken out has been dealt with. Errors: `RangeError` if all have been already. */
  taskDone(): void {
    const done = this.#unfinished === this.#store.size;
    if (done) throw new RangeError(`taskDone() on ${this.#label} once more than items were taken`);
    this.#finish(1);
  }

  /**
   * Waits until each item that was put has been dealt with ({@link taskDone}).
   *
   * Cancellation: rejects with the scope's reason.
   */
  join(options?: Wait): Promise<void> {
    const scope = scopeOf(options);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    return this.#unfinished === 0 ? gate(DONE, this.#joiners) : this.#joiners.wait(scope);
  }

  /**
   * Lets nothing more in: waiting puts reject with `CLOSED`. What is held can still be taken, unless
   * `discard` drops it, which counts as done.
   */
  close({ discard = false }: { readonly discard?: boolean } = {}): void {
    this.#closed = true;
    this.#putters.failAll(this.#closedError("put"));
    this.#getters.failAll(this.#closedError("get")); // if any waits, nothing is left
    if (!discard) return;
    this.#finish(this.#store.size);
    this.#store.clear();
  }

  /**
   * The items as they come, until the queue is closed and empty; `for await (const item of queue)` in a scope.
   *
   * Cancellation: the step that waits rejects with the scope's reason.
   */
  values(options?: Wait): AsyncIterableIterator<T, undefined> {
    return new Values(this, scopeOf(options));
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T, undefined> {
    return new Values(this);
  }

  /** A snapshot; it is stale once you `await`. */
  stats(): QueueStats {
    return {
      buffered: this.#store.size,
      capacity: this.capacity,
      waiting: this.#putters.size + this.#getters.size,
      unfinished: this.#unfinished,
      closed: this.#closed,
    };
  }

  #accept(item: T): void {
    if (!this.#getters.wakeOne(item)) this.#store.add(item);
    this.#unfinished += 1; // last: a `compare` may have thrown
  }

  #take(): T {
    const item = this.#store.take();
    // The room goes to the first in line, not to a newcomer.
    while (this.#putters.size > 0 && this.#store.size < this.capacity) this.#moveUp();
    return item;
  }

  #moveUp(): void {
    const item = this.#putters.firstAsk as T;
    if (this.#putters.size === 0) return; // all of them had just been cancelled
    try {
      this.#accept(item);
      this.#putters.wakeOne();
    } catch (error) {
      this.#putters.failOne(error);
    }
  }

  #fill(batch: T[], max: number): T[] {
    while (batch.length < max && this.#store.size > 0) batch.push(this.#take());
    return batch;
  }

  #finish(count: number): void {
    this.#unfinished -= count;
    if (this.#unfinished === 0) this.#joiners.wakeAll();
  }

  #closedError(what: string): ConcurrencyError {
    return new ConcurrencyError("CLOSED", `${what}() on ${this.#label}, which is closed`);
  }
}
