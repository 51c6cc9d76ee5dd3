import {
  ConcurrencyError,
  gate,
  label,
  type Permit,
  requireFunction,
  scopeOf,
  type Wait,
  WaitQueue,
} from "../core/index.js";
import { runHolding } from "./run-holding.js";

export interface LockOptions {
  /** For messages and traces. */
  readonly name?: string;
}

/** A turn with the lock. It is valid while the lock names it as its holder, and then only. */
class Turn implements Permit {
  readonly #lock: Lock;

  constructor(lock: Lock) {
    this.#lock = lock;
  }

  release(): void {
    release(this.#lock, this);
  }

  [Symbol.dispose](): void {
    release(this.#lock, this);
  }
}

let release: (lock: Lock, turn: Turn) => void;

/** Gives the lock up, whoever has it; what it returns takes it back, as the same permit. For {@link Condition}. */
export let suspend: (lock: Lock) => () => Promise<void>;

/**
 * One holder at a time; the rest wait in FIFO order. Not reentrant: to acquire it twice is to wait for oneself.
 *
 * Invariant: if somebody waits, the lock is held.
 *
 * @example
 * const lock = new Lock();
 * using permit = await lock.acquire();
 */
export class Lock {
  readonly name: string;
  #holder: Turn | undefined;
  readonly #waiters: WaitQueue<Turn, Turn>;

  constructor({ name }: LockOptions = {}) {
    this.name = label("lock", name);
    this.#waiters = new WaitQueue(this.name);
  }

  get locked(): boolean {
    return this.#holder !== undefined;
  }

  /** Takes the lock if it is free now; never waits. */
  tryAcquire(): Permit | undefined {
    if (this.#holder !== undefined) return undefined;
    return (this.#holder = new Turn(this));
  }

  /**
   * Takes the lock, waiting in line for it.
   *
   * Cancellation: rejects with the scope's reason and then holds nothing.
   */
  acquire(options?: Wait): Promise<Permit> {
    const scope = scopeOf(options);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    if (this.#holder !== undefined) return this.#waiters.wait(scope, new Turn(this));
    return gate(Promise.resolve((this.#holder = new Turn(this))), this.#waiters);
  }

  /**
   * Runs `body` while holding the lock, and gives it back whatever happens.
   *
   * Cancellation: of the wait, as {@link acquire}, and then `body` is not called. It doesn't reach a running
   * body: pass that a scope of its own.
   * Errors: those of `body`.
   */
  run<T>(body: () => T | PromiseLike<T>, options?: Wait): Promise<T> {
    requireFunction("body", body);
    return runHolding(this.acquire(options), body);
  }

  /** A snapshot; it is stale once you `await`. */
  stats(): { locked: boolean; waiting: number } {
    return { locked: this.locked, waiting: this.#waiters.size };
  }

  #handOver(): void {
    const next = this.#waiters.firstAsk;
    this.#holder = next;
    if (next !== undefined) this.#waiters.wakeOne(next);
  }

  static {
    release = (lock, turn) => {
      if (lock.#holder === turn) lock.#handOver();
    };
    suspend = (lock) => {
      const turn = lock.#holder;
      if (turn === undefined) {
        throw new ConcurrencyError(
          "NOT_HELD",
          `${lock.name} is not held: acquire it before waiting on its condition`,
        );
      }
      lock.#handOver();
      return async () => {
        if (lock.#holder === undefined) lock.#holder = turn;
        else await lock.#waiters.wait(undefined, turn);
      };
    };
  }
}
