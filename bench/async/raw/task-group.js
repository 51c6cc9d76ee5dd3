import { RawScope, join, leave } from "./scope.js";

/** A child: a scope in its group's list, and what became of it. */
class RawTask extends RawScope {
  constructor() {
    super();
    this.state = "running";
    this.value = undefined;
  }
}

/** The least of a task group with handles: it settles when every child has, with every real error. */
export class RawGroup extends RawScope {
  constructor() {
    super();
    this.running = 0;
    this.errors = [];
    this.settled = undefined;
  }

  spawn(body) {
    const task = new RawTask();
    join(task, this);
    this.running += 1;
    this.#watch(task, start(body, task));
    return task;
  }

  async join() {
    if (this.running > 0) {
      await new Promise((resolve) => {
        this.settled = resolve;
      });
    }
    if (this.errors.length > 0) throw new AggregateError(this.errors);
  }

  /** Two callbacks, not an async function that awaits: two thirds of its memory. */
  #watch(task, promise) {
    promise.then(
      (value) => {
        this.#settle(task, "fulfilled", value);
      },
      (error) => {
        const cancelled = task.cancelled && error === task.reason;
        this.#settle(task, cancelled ? "cancelled" : "rejected", error);
        if (cancelled) return;
        this.errors.push(error);
        this.cancel(error);
      },
    );
  }

  #settle(task, state, value) {
    task.state = state;
    task.value = value;
    leave(task);
    this.running -= 1;
    if (this.running === 0) this.settled?.();
  }
}

function start(body, task) {
  try {
    return Promise.resolve(body(task));
  } catch (error) {
    return Promise.reject(error);
  }
}
