import { type Mutations, of } from "./mutation.js";

export const inSync: Mutations = {
  Lock: [
    ...of(
      "sync/lock.ts",
      ["a second release frees the lock of another", "if (lock.#holder === turn) lock", "lock"],
      [
        "wakes the next one, and does not hand over",
        "this.#holder = next;",
        "this.#holder = undefined;",
      ],
      [
        "who takes a free lock does not note it",
        "Promise.resolve((this.#holder = new Turn(this)))",
        "Promise.resolve(new Turn(this))",
      ],
    ),
    ...of(
      "core/wait-queue.ts",
      ["a cancelled waiter is not told", "this.reject(reason);", ""],
      [
        "the last to come is served first",
        "return this.#first;\n  }\n\n  #takeFirst",
        "return this.#last;\n  }\n\n  #takeFirst",
      ],
      [
        "a waiter that was granted is still told of a cancel",
        "waiter?.leave();\n    return waiter;",
        "return waiter;",
      ],
    ),
  ],
  Semaphore: of(
    "sync/semaphore.ts",
    ["a newcomer overtakes", "this.#waiters.firstAsk !== undefined || weight", "weight"],
    [
      "counts up and does not hand over",
      "this.#available += weight;\n    this.#grant();",
      "this.#available += weight;",
    ],
    ["gives back one, whatever the weight", "this.#available += weight;", "this.#available += 1;"],
    ["a second release gives back once more", "this.#giveBack = undefined;", ""],
    ["nobody is let through when a heavy caller leaves", ", () => this.#grant());", ");"],
    [
      "hands over without counting",
      "weight > this.#available) return;\n      this.#available -= weight;",
      "weight > this.#available) return;",
    ],
  ),
  RwLock: of(
    "sync/rw-lock.ts",
    [
      "a writer comes in beside readers",
      "return take(this.#places, EVERYBODY, scopeOf(options));",
      "return take(this.#places, 1, scopeOf(options));",
    ],
    [
      "readers exclude each other",
      "return take(this.#places, 1, scopeOf(options));",
      "return take(this.#places, EVERYBODY, scopeOf(options));",
    ],
    [
      "room for a reader beside a writer",
      "take(this.#places, EVERYBODY,",
      "take(this.#places, EVERYBODY - 1,",
    ],
  ),
  Condition: of(
    "sync/condition.ts",
    ["does not take the lock back", "await retake();", ""],
    ["a notification that meets a cancel is lost", "this.notify();\n      throw", "throw"],
    ["looks once and not again", "while (!predicate()) await", "if (!predicate()) await"],
    ["notifyAll wakes one", "this.notify(Infinity);", "this.notify(1);"],
  ),
  AsyncEvent: of(
    "sync/async-event.ts",
    ["wakes one only", "this.#waiters.wakeAll();", "this.#waiters.wakeOne();"],
    ["does not note that it is set", "this.#isSet = true;", ""],
    ["clear does nothing", "this.#isSet = false;\n  }", "}"],
    ["wakes nobody", "this.#waiters.wakeAll();", ""],
  ),
  Barrier: of(
    "sync/barrier.ts",
    [
      "lets them go one too early",
      "const last = this.parties - 1;",
      "const last = this.parties - 2;",
    ],
    [
      "the last one wakes all but one",
      "for (let place = 0; place < last;",
      "for (let place = 1; place < last;",
    ],
    ["everybody has the first place", "this.#waiters.wakeOne(place);", "this.#waiters.wakeOne(0);"],
    ["reset leaves it broken", "this.#broken = false;\n    this", "this"],
    [
      "abort wakes nobody",
      'this.#broken = true;\n    this.#waiters.failAll(broken("aborted"));',
      "this.#broken = true;",
    ],
  ),
};
