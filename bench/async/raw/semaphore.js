import { WaitList } from "./wait-list.js";

/** The least of a fair semaphore that runs functions; a wait for a permit can be cancelled. */
export class RawSemaphore {
  constructor(permits) {
    this.available = permits;
    this.line = new WaitList();
  }

  async run(fn, scope) {
    if (this.available > 0 && !scope.cancelled) this.available -= 1;
    else await this.line.wait(scope);
    try {
      return await fn();
    } finally {
      const waiter = this.line.take();
      if (waiter) waiter.resolve();
      else this.available += 1;
    }
  }
}
