import { WaitList } from "./wait-list.js";

export const EMPTY = Symbol("empty");
const DONE = Promise.resolve();

/** The least of a bounded queue: a ring of items, and a line in which to wait at each end. */
export class RawQueue {
  constructor(capacity) {
    this.capacity = capacity;
    this.ring = Array.from({ length: capacity });
    this.head = 0;
    this.size = 0;
    this.closed = false;
    this.putters = new WaitList();
    this.getters = new WaitList();
  }

  tryPut(item) {
    if (this.closed) throw new Error("closed");
    const getter = this.getters.take();
    if (getter) getter.resolve(item);
    else if (this.size === this.capacity) return false;
    else this.push(item);
    return true;
  }

  tryGet() {
    if (this.size === 0) return EMPTY;
    const { head, ring } = this;
    const item = ring[head];
    ring[head] = undefined;
    this.head = head + 1 === this.capacity ? 0 : head + 1;
    this.size -= 1;
    const putter = this.putters.take();
    if (putter) {
      this.push(putter.item);
      putter.resolve();
    }
    return item;
  }

  put(item, scope) {
    if (scope.cancelled) return Promise.reject(scope.reason);
    return this.tryPut(item) ? DONE : this.putters.wait(scope, item);
  }

  get(scope) {
    if (scope.cancelled) return Promise.reject(scope.reason);
    const item = this.tryGet();
    if (item !== EMPTY) return Promise.resolve(item);
    return this.closed ? Promise.reject(new Error("closed")) : this.getters.wait(scope);
  }

  /** Called once, by the only producer, when no one else waits to put. */
  close() {
    this.closed = true;
    for (let getter = this.getters.take(); getter; getter = this.getters.take()) {
      getter.resolve(EMPTY);
    }
  }

  /** What `for await` calls; ends when the queue is closed and drained. */
  iterate(scope) {
    const step = (item) => ({ done: item === EMPTY, value: item });
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          const item = this.tryGet();
          if (item !== EMPTY || this.closed) return Promise.resolve(step(item));
          return this.getters.wait(scope).then(step);
        },
      }),
    };
  }

  push(item) {
    const tail = this.head + this.size;
    this.ring[tail < this.capacity ? tail : tail - this.capacity] = item;
    this.size += 1;
  }
}
