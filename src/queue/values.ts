import { CancelScope, type Wait } from "../core/index.js";

/** The end of a queue that consumers see. */
interface Outlet<T> {
  tryGet(): { value: T } | undefined;
  get(options?: Wait): Promise<T>;
}

/** Iterates over what comes out of a queue; leaving early takes nothing along. */
export class Values<T> implements AsyncIterableIterator<T, undefined> {
  readonly #queue: Outlet<T>;
  readonly #scope: CancelScope | undefined;
  /** What the step that waits now waits in: leaving the loop ends that wait. */
  #waiting: CancelScope | undefined;
  #left = false;

  constructor(queue: Outlet<T>, scope: CancelScope | undefined) {
    this.#queue = queue;
    this.#scope = scope;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#left) return Promise.resolve(END);
    // Checked here as well as in get(): a full queue must not hide a cancel.
    if (this.#scope?.cancelled === true) return Promise.reject(this.#scope.reason);
    const item = this.#queue.tryGet();
    if (item !== undefined) return Promise.resolve({ done: false, value: item.value });
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
    const waiting = new CancelScope(this.#scope);
    this.#waiting = waiting;
    try {
      return { done: false, value: await this.#queue.get(waiting) };
    } catch (error) {
      const ended = this.#left || !waiting.cancelled; // left, or closed: a get fails for nothing else
      if (ended) return END;
      throw error;
    } finally {
      waiting.end();
    }
  }
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };
