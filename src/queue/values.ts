import { CancelScope, ConcurrencyError, END, gate, type Wait } from "../core/index.js";

/** The end of a queue that consumers see. */
interface Outlet<T> {
  tryGet(): { value: T } | undefined;
  get(options?: Wait): Promise<T>;
  stats(): { closed: boolean };
}

const NEXT_ITEM = { name: "the next item" };

/** Iterates over what comes out of a queue; leaving early takes nothing along. */
export class Values<T> implements AsyncIterableIterator<T, undefined> {
  readonly #queue: Outlet<T>;
  readonly #scope: CancelScope | undefined;
  /** What the steps that wait now wait in: leaving the loop ends their wait. */
  #waiting: CancelScope | undefined;
  #steps = 0;
  #left = false;

  constructor(queue: Outlet<T>, scope?: CancelScope) {
    this.#queue = queue;
    this.#scope = scope;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#left) return Promise.resolve(END);
    // Checked here as well as in get(): a full queue must not hide a cancel.
    if (this.#scope?.cancelled) return Promise.reject(this.#scope.reason);
    const item = this.#queue.tryGet();
    if (item !== undefined)
      return gate(Promise.resolve({ done: false, value: item.value }), NEXT_ITEM);
    return this.#wait();
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#left = true;
    this.#waiting?.cancel();
    return Promise.resolve(END);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #wait(): Promise<IteratorResult<T, undefined>> {
    const waiting = (this.#waiting ??= new CancelScope(this.#scope));
    this.#steps += 1;
    try {
      return { done: false, value: await this.#queue.get(waiting) };
    } catch (error) {
      // An item that is a promise may reject with anything: not every failure is the end.
      const closed = error instanceof ConcurrencyError && error.code === "CLOSED";
      if (this.#left || (closed && this.#queue.stats().closed)) return END;
      throw error;
    } finally {
      this.#steps -= 1;
      if (this.#steps === 0) {
        waiting.end();
        this.#waiting = undefined;
      }
    }
  }
}
