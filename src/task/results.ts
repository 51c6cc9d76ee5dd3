/** Where items come from: arrays, generators, Web streams, Node streams, queues. */
export type Source<T> = Iterable<T> | AsyncIterable<T> | ReadableStream<T>;

/** Results that come one by one. They can be read once, by `for await` or {@link toArray}. */
export interface Results<O> extends AsyncIterable<O> {
  /** All results at once: the fast path, with no step per item. */
  toArray(): Promise<O[]>;
}
