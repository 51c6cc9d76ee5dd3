import { WaitList } from "./wait-list.js";

/** Gives back once, however often it is asked to. */
class Permit {
  constructor(lock) {
    this.lock = lock;
  }

  release() {
    const { lock } = this;
    if (!lock) return;
    this.lock = undefined;
    lock.handOver();
  }
}

/** The least of a fair lock whose waits can be cancelled and whose permits can't be given back twice. */
export class RawLock {
  constructor() {
    this.held = false;
    this.line = new WaitList();
  }

  acquire(scope) {
    if (this.held || scope.cancelled) return this.line.wait(scope);
    this.held = true;
    return Promise.resolve(new Permit(this));
  }

  handOver() {
    const waiter = this.line.take();
    if (waiter) waiter.resolve(new Permit(this));
    else this.held = false;
  }
}
