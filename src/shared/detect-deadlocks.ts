import { receiveMessageOnPort } from "node:worker_threads";
import { ConcurrencyError } from "../core/index.js";
import { type LockWatch, setLockWatch, type WatchedLock } from "./lock-watch.js";
import { keyOf } from "./registry.js";
import { me, threadName } from "./thread.js";

/** Some thread took `then` while it held `first`. */
interface Order {
  readonly first: string;
  readonly then: string;
  /** The same for people. */
  readonly told: string;
}

/** A lock that this thread holds, and where it took it. */
interface Held {
  readonly key: string;
  readonly lock: WatchedLock;
  readonly at: string;
}

/** Where threads tell each other of new orders. A blocked thread can read it too. */
const CHANNEL = "weftwork:lock-order";

/** Where the method of the lock was called. */
function callOf(lock: WatchedLock): string {
  const here: { stack?: string } = {};
  // eslint-disable-next-line typescript/unbound-method -- only says where the stack is to begin
  Error.captureStackTrace(here, lock.acquireSync);
  return (here.stack ?? "").split("\n").slice(1).join("\n");
}

/**
 * Knows in which orders locks are taken, by all threads, and finds two that contradict each other: as soon as a thread
 * would take the second lock, and so before anybody blocks, also in runs in which nobody would have.
 */
class OrderWatch implements LockWatch {
  readonly #held: Held[] = [];
  readonly #orders = new Map<string, Map<string, Order>>();
  readonly #channel = new BroadcastChannel(CHANNEL);

  constructor() {
    // What comes while this thread's loop turns is gone with its event; what comes while it blocks is read by #hear.
    this.#channel.addEventListener("message", (event) =>
      this.#learn((event as unknown as { data: Order }).data),
    );
    (this.#channel as unknown as { unref(): void }).unref();
  }

  wants(lock: WatchedLock): void {
    this.#hear();
    const key = keyOf(lock.handle().memory);
    for (const held of this.#held) {
      if (held.key === key) throw this.#selfDeadlock(held);
      const against = this.#path(key, held.key);
      if (against !== undefined) throw contradiction(held, lock, against);
      this.#note(held, key, lock); // not one that was refused
    }
  }

  has(lock: WatchedLock): void {
    this.#held.push({ key: keyOf(lock.handle().memory), lock, at: callOf(lock) });
  }

  gone(lock: WatchedLock): void {
    const at = this.#held.findLastIndex((held) => held.lock === lock);
    if (at >= 0) this.#held.splice(at, 1);
  }

  close(): void {
    this.#channel.close();
  }

  #note(held: Held, then: string, lock: WatchedLock): void {
    if (this.#orders.get(held.key)?.has(then)) return;
    const told =
      `${threadName(me)} takes ${lock.name} at\n${callOf(lock)}\n` +
      `while it holds ${held.lock.name}, taken at\n${held.at}`;
    const order = { first: held.key, then, told };
    this.#learn(order);
    this.#channel.postMessage(order);
  }

  #hear(): void {
    for (;;) {
      const heard: { message: Order } | undefined = receiveMessageOnPort(this.#channel as never);
      if (heard === undefined) return;
      this.#learn(heard.message);
    }
  }

  #learn(order: Order): void {
    const known = this.#orders.get(order.first);
    if (known === undefined) this.#orders.set(order.first, new Map([[order.then, order]]));
    else known.set(order.then, order);
  }

  /** The orders that lead from one lock to another, if any do. */
  #path(from: string, to: string): Order[] | undefined {
    const ways = new Map<string, Order[]>([[from, []]]);
    for (const [key, way] of ways) {
      if (key === to) return way;
      for (const order of this.#orders.get(key)?.values() ?? [])
        if (!ways.has(order.then)) ways.set(order.then, [...way, order]);
    }
    return undefined;
  }

  #selfDeadlock({ lock, at }: Held): ConcurrencyError {
    return new ConcurrencyError(
      "DEADLOCK",
      `${threadName(me)} would wait for ${lock.name}, which it holds itself, taken at\n${at}`,
    );
  }
}

function contradiction(held: Held, lock: WatchedLock, against: readonly Order[]): ConcurrencyError {
  return new ConcurrencyError(
    "DEADLOCK",
    `${threadName(me)} would take ${lock.name} while it holds ${held.lock.name}, taken at\n${held.at}\n` +
      `but they are also taken the other way round, and so two threads can wait for each other for ever:\n` +
      against.map(({ told }) => told).join("\n"),
  );
}

/**
 * Makes this thread find deadlocks among shared locks, until the returned value is disposed. Call it in every thread
 * that is to take part.
 *
 * A thread that would take two locks in an order that contradicts the order of another, or a lock that it holds, gets a
 * `DEADLOCK` error at once, with both stacks, in place of waiting. Locks taken by `acquireSync` take part; who holds one
 * taken by `acquire` is a task, which nothing here can tell from the next. It is for tests and development: each lock
 * taken costs some ten microseconds, for its stack.
 *
 * @example
 * using detecting = detectDeadlocks();
 * using blocking = allowBlockingMain();
 * const from = new SharedLock({ name: "from" });
 * const to = new SharedLock({ name: "to" });
 * {
 *   using first = from.acquireSync();
 *   using second = to.acquireSync();
 * }
 * using second = to.acquireSync();
 * try {
 *   from.acquireSync();
 * } catch (error) {
 *   console.log((error as { code?: string }).code);
 * }
 * // prints:
 * // DEADLOCK
 */
export function detectDeadlocks(): Disposable {
  const watch = new OrderWatch();
  setLockWatch(watch);
  return {
    [Symbol.dispose]() {
      setLockWatch(undefined);
      watch.close();
    },
  };
}
