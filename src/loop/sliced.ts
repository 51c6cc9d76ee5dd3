import {
  type CancelScope,
  nextSlice,
  requireIterable,
  requirePositive,
  scopeOf,
  sliceMs,
  type Wait,
} from "../core/index.js";

export interface SlicedOptions extends Wait {
  /** How long the loop may be kept before it gets a turn; 5 by default. */
  readonly budgetMs?: number;
}

/** Items between two looks at the clock, at most: a look costs as much as a short item. */
const MOST_ITEMS = 16;
/** A look should come so many times per budget, or oftener. */
const LOOKS = 4;

/**
 * Goes through `items` and gives the event loop a turn whenever `budgetMs` is spent: a `for await` over work
 * that is synchronous.
 *
 * The clock is looked at less often while items are quick, so one that takes far longer than those before it
 * is noticed when it is done. Several such loops take turns, one slice each.
 *
 * Cancellation: in a cancelled scope the next item rejects; the source is closed then, as when one leaves.
 * Errors: those of `items`; `TypeError` if it can't be iterated over.
 *
 * @example
 * let sum = 0;
 * for await (const n of sliced([1, 2, 3])) sum += n;
 * console.log(sum);
 * // prints:
 * // 6
 */
export function sliced<T>(items: Iterable<T>, options: SlicedOptions = {}): AsyncIterable<T> {
  const { budgetMs = 5 } = options;
  requireIterable("items", items);
  requirePositive("budgetMs", budgetMs);
  const scope = scopeOf(options);
  return { [Symbol.asyncIterator]: () => new Slices(items[Symbol.iterator](), budgetMs, scope) };
}

/** An iterator by hand: the step of an async generator costs several promises, this one costs one. */
class Slices<T> implements AsyncIterator<T> {
  readonly #source: Iterator<T>;
  readonly #budgetMs: number;
  readonly #scope: CancelScope | undefined;
  #untilLook = 1;
  #stride = 1;
  #lookedMs = 0;
  /** False before the first item: then nothing says how long they take. */
  #known = false;

  constructor(source: Iterator<T>, budgetMs: number, scope: CancelScope | undefined) {
    this.#source = source;
    this.#budgetMs = budgetMs;
    this.#scope = scope;
  }

  next(): Promise<IteratorResult<T>> {
    if ((this.#untilLook -= 1) > 0) return this.#step();
    return this.#look();
  }

  return(): Promise<IteratorResult<T>> {
    this.#source.return?.();
    return Promise.resolve({ done: true, value: undefined });
  }

  #step(): Promise<IteratorResult<T>> {
    try {
      return Promise.resolve(this.#source.next());
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #look(): Promise<IteratorResult<T>> {
    if (this.#scope?.cancelled) return this.#leave(this.#scope.reason);
    const spentMs = sliceMs();
    // How long these items took. If another loop had the slice between, it is taken for theirs.
    const tookMs = Math.max(0, spentMs - this.#lookedMs);
    const quick = this.#known && tookMs * 2 * LOOKS <= this.#budgetMs;
    this.#stride = quick ? Math.min(MOST_ITEMS, this.#stride * 2) : 1;
    this.#known = true;
    this.#lookedMs = spentMs;
    this.#untilLook = this.#stride;
    if (spentMs < this.#budgetMs) return this.#step();
    return this.#wait();
  }

  async #wait(): Promise<IteratorResult<T>> {
    try {
      await nextSlice(this.#scope);
    } catch (reason) {
      return this.#leave(reason);
    }
    this.#lookedMs = 0;
    return this.#step();
  }

  #leave(reason: unknown): Promise<never> {
    this.#source.return?.();
    return Promise.reject(reason);
  }
}
