import { ConcurrencyError, requireFunction, type Wait } from "../core/index.js";
import { Deadline, NEVER } from "./deadline.js";
import { LockCore } from "./lock-core.js";
import { lockWatch } from "./lock-watch.js";
import type { LockWord } from "./lock-word.js";
import { defineKind } from "./kinds.js";
import { fromHandle, type SharedHandle, STATE } from "./registry.js";
import { type SharedGuard, Turn } from "./shared-guard.js";
import { SharedObject } from "./shared-object.js";
import { me, requireBlocking } from "./thread.js";

export interface SharedLockOptions {
  /** For messages and traces. */
  readonly name?: string;
  /** True: a thread that holds it by {@link SharedLock.acquireSync} may do so again. */
  readonly reentrant?: boolean;
  /** True: first come, first served among those who sleep. It costs four times as much where many want it. */
  readonly fair?: boolean;
}

/** For {@link SharedCondition}: gives up the turn of this thread; what it returns takes it back. */
export let suspend: (lock: SharedLock) => { take(): Promise<void>; takeSync(): void };

const STATE_WORDS = 16;
/** Turns have odd numbers up to this one, and then begin anew: the engine keeps larger ones in a box. */
const LAST_TURN = 2 ** 30 - 1;

/**
 * One holder at a time, among all threads of the process. {@link acquireSync} blocks a worker,
 * {@link acquire} waits without blocking, and both wait for the same lock.
 *
 * The holder is a thread: what a task acquires, another task of the same thread has to wait for by
 * {@link acquire}. A holder that dies leaves the lock poisoned to the next.
 *
 * @example
 * const lock = new SharedLock({ name: "accounts" });
 * const counter = new SharedCounter();
 * await using threads = new ThreadExecutor({ workers: 2 });
 * const addOne = ({ lock, counter }: { lock: SharedLock; counter: SharedCounter }) => {
 *   const guard = lock.acquireSync();
 *   counter.value += 1;
 *   guard.release();
 * };
 * await Promise.all([1, 2, 3].map(() => threads.submit(addOne, { lock, counter })));
 * console.log(counter.value);
 * // prints:
 * // 3
 */
export class SharedLock extends SharedObject<"SharedLock"> {
  static {
    defineKind("SharedLock", SharedLock);
  }

  readonly reentrant: boolean;
  readonly fair: boolean;
  /** @internal */
  readonly word: LockWord;
  readonly #core: LockCore;
  /** The turn of this thread, zero if it has none; how often it was entered again, and whether it may be. */
  #turn = 0;
  #again = 0;
  #turnIsSync = false;
  #lastTurn = -1;

  constructor(options: SharedLockOptions = {}) {
    super("SharedLock", "shared lock", options, STATE_WORDS);
    const { reentrant = false, fair = false } = options;
    this.reentrant = reentrant;
    this.fair = fair;
    this.#core = new LockCore(this.words, STATE, this.name, fair);
    this.word = this.#core.word;
  }

  static from(handle: SharedHandle<"SharedLock">): SharedLock {
    return fromHandle("SharedLock", handle, () => new SharedLock(handle));
  }

  get locked(): boolean {
    return !this.word.free;
  }

  /** Takes the lock if it is free now; never waits. */
  tryAcquire(): SharedGuard | undefined {
    if (this.#mayReenter) return this.#enteredAgain();
    return this.#core.tryTake() ? this.#began(false) : undefined;
  }

  /**
   * Takes the lock, waiting for it without blocking the thread.
   *
   * Cancellation: rejects with the scope's reason and then holds nothing.
   */
  acquire(wait?: Wait): Promise<SharedGuard> {
    if (this.#core.waiting === 0 && wait === undefined && this.#core.tryTake())
      return Promise.resolve(this.#began(false));
    return this.#core.take(wait).then(() => this.#began(false));
  }

  /**
   * Takes the lock, blocking the thread until it has it.
   *
   * Errors: a `TimeoutError` after `timeoutMs`; `WOULD_BLOCK` on the main thread; `DEADLOCK` if this thread
   * holds it and it is not reentrant, or while {@link detectDeadlocks} is on and finds one.
   */
  acquireSync(timeoutMs: number = Infinity): SharedGuard {
    requireBlocking("acquireSync", "acquire");
    if (lockWatch !== undefined && !this.#mayReenter) lockWatch.wants(this);
    const deadline = timeoutMs === Infinity ? NEVER : new Deadline(timeoutMs);
    if (this.word.take()) return this.#began(true);
    if (this.#mayReenter) return this.#enteredAgain();
    if (!this.#core.waitSync(deadline)) throw deadline.expired(this.name);
    return this.#began(true);
  }

  /** Runs `body` while holding the lock, and gives it back whatever happens. Cancellation: of the wait only. */
  async run<T>(body: () => T | PromiseLike<T>, wait?: Wait): Promise<T> {
    requireFunction("body", body);
    using _ = await this.acquire(wait);
    return await body();
  }

  /** A snapshot. `waiting`: callers of this thread that await it. */
  stats(): { locked: boolean; poisoned: boolean; waiting: number } {
    const { free, poisoned } = this.word;
    return { locked: !free, poisoned, waiting: this.#core.waiting };
  }

  /** @internal */
  isTurn(turn: number): boolean {
    return turn !== 0 && turn === this.#turn;
  }

  /** @internal */
  leave(turn: number): boolean {
    if (!this.isTurn(turn)) return false;
    if (this.#again === 0) this.#end();
    else this.#again -= 1;
    return true;
  }

  override recover(dead: number): void {
    this.word.recover(dead);
  }

  get #mayReenter(): boolean {
    return this.reentrant && this.#turn !== 0 && this.#turnIsSync;
  }

  #began(sync: boolean): Turn {
    this.#turn = this.#lastTurn = (this.#lastTurn + 2) & LAST_TURN;
    this.#turnIsSync = sync;
    if (sync) lockWatch?.has(this);
    return new Turn(this, this.#turn);
  }

  #enteredAgain(): Turn {
    this.#again += 1;
    return new Turn(this, this.#turn);
  }

  #end(): void {
    this.#turn = 0;
    lockWatch?.gone(this);
    this.word.give();
  }

  static {
    suspend = (lock) => {
      const turn = lock.#turn;
      const again = lock.#again;
      const sync = lock.#turnIsSync;
      if (turn === 0 || lock.word.owner !== me)
        throw new ConcurrencyError(
          "NOT_HELD",
          `${lock.name} is not held by this thread: acquire it before waiting on its condition`,
        );
      lock.#again = 0;
      lock.#end();
      const resume = (): void => {
        lock.#turn = turn;
        lock.#again = again;
        lock.#turnIsSync = sync;
        if (sync) lockWatch?.has(lock);
      };
      return {
        take: () => lock.#core.take(undefined).then(resume),
        takeSync: () => {
          lock.#core.takeSync(NEVER);
          resume();
        },
      };
    };
  }
}
