import { type CancelScope, WaitQueue } from "../../core/index.js";
import type { Results, Source } from "../../task/index.js";

/**
 * So many windows may be ahead of the reader. Results come in order: while the first is late, since its host has
 * died, say, so much work of the others goes on.
 */
const AHEAD = 16;

/**
 * Holds a map back from its source while enough is under way, or has not been read, where how much is enough
 * changes meanwhile.
 *
 * Invariant: nothing waits here while less is under way than the window, and less unread than {@link AHEAD} of
 * it, nor when the map has failed, was cancelled or left.
 */
export class PullGate {
  readonly #place: { readonly window?: number };
  readonly #scope: CancelScope | undefined;
  readonly #waiting: WaitQueue;
  #underWay = 0;
  /** What was pulled, and its result has not been taken. */
  #unread = 0;
  #isOpen = false;

  constructor(place: { readonly window?: number }, scope: CancelScope | undefined) {
    this.#place = place;
    this.#scope = scope;
    this.#waiting = new WaitQueue("room for more of the map");
  }

  /** The items of `source`, none of which is pulled before there is room. */
  async *pulls<T>(source: Source<T>): AsyncGenerator<T, undefined> {
    const cancelled = this.#scope?.onCancel(() => this.#open());
    try {
      for await (const item of source as AsyncIterable<T>) {
        yield item;
        while (!this.#isOpen && this.#isFull) await this.#waiting.wait();
      }
    } finally {
      cancelled?.[Symbol.dispose]();
    }
    return undefined;
  }

  /** Something is under way until it settles. */
  enter(outcome: PromiseLike<unknown>): void {
    this.#underWay += 1;
    this.#unread += 1;
    void outcome.then(
      () => this.#leave(),
      () => {
        this.#open(); // the source must not have to wait for room before it can be closed
        this.#leave();
      },
    );
  }

  /** The same results, of which this notices that they are read. */
  metered<T>(results: Results<T>): Results<T> {
    return {
      toArray: () => {
        this.#unread = -Infinity; // whoever wants all of them has room for all of them
        return results.toArray();
      },
      [Symbol.asyncIterator]: () => this.#reading(results[Symbol.asyncIterator]()),
    };
  }

  #reading<T>(results: AsyncIterator<T, undefined>): AsyncIterator<T, undefined> {
    return {
      next: async () => {
        const result = await results.next();
        this.#unread -= 1;
        this.#waiting.wakeAll();
        return result;
      },
      return: () => {
        this.#open(); // or the source would wait for a reader who has gone
        return results.return!();
      },
    };
  }

  get #isFull(): boolean {
    const window = Math.max(1, this.#place.window ?? Infinity);
    return this.#underWay >= window || this.#unread >= AHEAD * window;
  }

  #leave(): void {
    this.#underWay -= 1;
    this.#waiting.wakeAll();
  }

  #open(): void {
    this.#isOpen = true;
    this.#waiting.wakeAll();
  }
}
