/** How a queue keeps what is in it; the order of `take` is what tells one queue from another. */
export interface Store<T> {
  readonly size: number;
  add(item: T): void;
  /** Takes the next item out; the caller has looked that there is one. */
  take(): T;
  clear(): void;
}
