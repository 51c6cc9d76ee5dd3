import { type CancelScope, WaitQueue } from "../../core/index.js";
import type { Source } from "../../task/index.js";

/**
 * Holds a map back from its source while enough is under way, where how much is enough changes meanwhile.
 *
 * Invariant: nothing waits here while less is under way than the window, or nothing at all, or the map has
 * failed or was cancelled.
 */
export class PullGate {
  readonly #place: { readonly window?: number };
  readonly #scope: CancelScope | undefined;
  readonly #waiting: WaitQueue;
  #underWay = 0;
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
        while (!this.#isOpen && this.#underWay >= this.#window) await this.#waiting.wait();
      }
    } finally {
      cancelled?.[Symbol.dispose]();
    }
    return undefined;
  }

  /** Something is under way until it settles. */
  enter(outcome: PromiseLike<unknown>): void {
    this.#underWay += 1;
    void outcome.then(
      () => this.#leave(),
      () => {
        this.#open(); // the source must not have to wait for room before it can be closed
        this.#leave();
      },
    );
  }

  get #window(): number {
    return Math.max(1, this.#place.window ?? Infinity);
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
