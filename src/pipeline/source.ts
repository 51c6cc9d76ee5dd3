import { END, requireThat, WaitQueue } from "../core/index.js";
import type { Source } from "../task/index.js";

/** One end of a source that several loops take from. */
export interface Puller<T> {
  /** The next item; a promise only if the source is asynchronous. */
  pull(): IteratorResult<T> | Promise<IteratorResult<T>>;
  /** Tells the source that no more is wanted; does nothing once it has ended or failed. */
  close(): Promise<void>;
}

/** Throws a TypeError if `source` is no source. */
export function requireSource(source: unknown): void {
  const any = source as { [key: PropertyKey]: unknown } | null | undefined;
  const doors = [any?.["getReader"], any?.[Symbol.asyncIterator], any?.[Symbol.iterator]];
  const holds = typeof source !== "string" && doors.some((door) => typeof door === "function");
  // A string is iterable too, but nobody means its characters.
  requireThat(holds, "source", "iterable, async iterable or a ReadableStream, no string", source);
}

/**
 * Begins to iterate over a source; a Web stream is locked from here on. A source that can't even begin
 * fails at the first pull, like one that fails later.
 */
export function pullerOf<T>(source: Source<T>): Puller<T> {
  try {
    return open(source);
  } catch (error) {
    return { pull: () => Promise.reject(error), close: async () => {} };
  }
}

function open<T>(source: Source<T>): Puller<T> {
  // First of all: a reader can be cancelled while it reads, the stream's own iterator can't.
  if ("getReader" in source) return new AsyncPuller(readerIterator(source));
  if (Symbol.asyncIterator in source) return new AsyncPuller(asyncIterator(source));
  return new SyncPuller(source[Symbol.iterator]());
}

class SyncPuller<T> implements Puller<T> {
  readonly #iterator: Iterator<T>;
  #open = true;

  constructor(iterator: Iterator<T>) {
    this.#iterator = iterator;
  }

  pull(): IteratorResult<T> {
    // Closed until the step has come back: an iterator that threw is not returned to.
    this.#open = false;
    const step = this.#iterator.next();
    this.#open = step.done !== true;
    return step;
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#iterator.return?.();
  }
}

/** Pulls one item at a time: not every async iterator bears overlapping calls of `next`. */
export class AsyncPuller<T> implements Puller<T> {
  readonly #iterator: AsyncIterator<T>;
  readonly #inLine = new WaitQueue<IteratorResult<T>>("the source");
  #pulling = false;
  #open = true;
  /** What a pull failed with that nobody waited for any more. */
  #late: { error: unknown } | undefined;

  constructor(iterator: AsyncIterator<T>) {
    this.#iterator = iterator;
  }

  pull(): Promise<IteratorResult<T>> {
    if (!this.#open) return Promise.resolve(END);
    const step = this.#inLine.wait();
    if (!this.#pulling) void this.#pump();
    return step;
  }

  // Loops that wait for an item are let go at once; the source itself is waited for, like any other work.
  // A generator that waits for something finishes that first: give it the same signal.
  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#inLine.wakeAll(END);
    await this.#iterator.return?.();
    if (this.#late !== undefined) throw this.#late.error;
  }

  async #pump(): Promise<void> {
    this.#pulling = true;
    try {
      while (this.#open && this.#inLine.size > 0) {
        const step = await this.#iterator.next();
        if (step.done === true) this.#open = false;
        else this.#inLine.wakeOne(step);
      }
    } catch (error) {
      this.#open = false;
      if (!this.#inLine.failOne(error)) this.#late = { error };
    }
    this.#pulling = false;
    if (!this.#open) this.#inLine.wakeAll(END);
  }
}

/**
 * A Node stream's iterator is a generator, which would wait for data before it returns: destroying ends that.
 * The pull that waits then fails, but only after the close has looked for such a failure.
 */
function asyncIterator<T>(source: AsyncIterable<T>): AsyncIterator<T> {
  const iterator = source[Symbol.asyncIterator]();
  const { destroy } = source as { destroy?: () => void };
  if (typeof destroy !== "function") return iterator;
  return {
    next: () => iterator.next(),
    async return() {
      destroy.call(source);
      return END;
    },
  };
}

function readerIterator<T>(stream: ReadableStream<T>): AsyncIterator<T> {
  const reader = stream.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<T>>,
    async return() {
      await reader.cancel();
      return END;
    },
  };
}
