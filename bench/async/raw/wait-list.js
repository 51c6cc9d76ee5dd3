import { join, leave } from "./scope.js";

/** A suspended caller, linked in two lists: its turn in `line`, and the members of its scope. */
class Waiter {
  constructor(line, resolve, reject, item) {
    this.line = line;
    this.resolve = resolve;
    this.reject = reject;
    this.item = item;
    this.prev = undefined;
    this.next = undefined;
    this.owner = undefined;
    this.before = undefined;
    this.after = undefined;
  }

  onCancel(reason) {
    this.line.unlink(this);
    this.reject(reason);
  }
}

/** The least of a fair line in which each wait can be cancelled. */
export class WaitList {
  constructor() {
    this.first = undefined;
    this.last = undefined;
  }

  /** `item` is what a waiting producer brings. */
  wait(scope, item) {
    if (scope.cancelled) return Promise.reject(scope.reason);
    return new Promise((resolve, reject) => {
      const waiter = new Waiter(this, resolve, reject, item);
      const { last } = this;
      waiter.prev = last;
      if (last) last.next = waiter;
      else this.first = waiter;
      this.last = waiter;
      join(waiter, scope);
    });
  }

  /** The oldest waiter, out of both lists; the caller settles it. */
  take() {
    const waiter = this.first;
    if (!waiter) return undefined;
    this.unlink(waiter);
    leave(waiter);
    return waiter;
  }

  unlink(waiter) {
    const { prev, next } = waiter;
    if (prev) prev.next = next;
    else this.first = next;
    if (next) next.prev = prev;
    else this.last = prev;
    waiter.prev = waiter.next = undefined;
  }
}
