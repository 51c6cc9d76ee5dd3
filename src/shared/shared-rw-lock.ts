import { ConcurrencyError, scopeOf, type Wait } from "../core/index.js";
import { Deadline } from "./deadline.js";
import { LockCore } from "./lock-core.js";
import { add } from "./memory.js";
import { Parking } from "./parking.js";
import { defineKind } from "./kinds.js";
import { fromHandle, type SharedHandle, STATE } from "./registry.js";
import { Roster, ROSTER_WORDS } from "./roster.js";
import { SharedObject } from "./shared-object.js";
import { type Access, AccessGuard } from "./access-guard.js";
import type { SharedGuard } from "./shared-guard.js";
import { requireBlocking } from "./thread.js";

const LEAVINGS = STATE + 16;
const READERS = STATE + 32;
const STATE_WORDS = 32 + ROSTER_WORDS;

/**
 * Many threads read, or one writes. A reader writes to a cache line of its thread only, so readers don't slow
 * each other down; a writer has to look at all of them.
 *
 * A writer takes a lock and then waits until the readers have left. A reader puts its thread down and then looks at
 * the lock: one of the two sees the other. A reader that sees a writer leaves again, and takes the lock too, for as
 * long as it needs to put itself down; so neither side starves. (`rwlock.pml`)
 *
 * @example
 * const table = new SharedRwLock();
 * {
 *   using reading = await table.read();
 * }
 * using writing = await table.write();
 */
export class SharedRwLock extends SharedObject<"SharedRwLock"> implements Access {
  static {
    defineKind("SharedRwLock", SharedRwLock);
  }

  readonly #writers: LockCore;
  readonly #readers: Roster;
  /** Counts readers that left while a writer was there. */
  readonly #leavings: Parking;
  /** Readers of this thread. They share its place. */
  #reading = 0;

  constructor(options: { readonly name?: string } = {}) {
    super("SharedRwLock", "shared rw-lock", options, STATE_WORDS);
    this.#writers = new LockCore(this.words, STATE, this.name, false);
    this.#readers = new Roster(this.words, READERS, "readers");
    this.#leavings = new Parking(this.words, LEAVINGS, this.name);
  }

  static from(handle: SharedHandle<"SharedRwLock">): SharedRwLock {
    return fromHandle("SharedRwLock", handle, () => new SharedRwLock(handle));
  }

  /** Takes it for reading if that needs no waiting. */
  tryRead(): SharedGuard | undefined {
    if (this.#enter()) return new AccessGuard(this, false);
    return undefined;
  }

  /** Takes it for reading, together with other readers. Cancellation: rejects with the reason, holding nothing. */
  async read(wait?: Wait): Promise<SharedGuard> {
    const scope = scopeOf(wait);
    scope?.throwIfCancelled();
    if (!this.#enter()) {
      await this.#writers.take(scope);
      this.#enterLocked();
    }
    return new AccessGuard(this, false);
  }

  /**
   * The same, blocking the thread. Within another reading of this thread it never waits.
   *
   * Errors: a `TimeoutError`; `WOULD_BLOCK` on the main thread; `DEADLOCK` if this thread writes.
   */
  readSync(timeoutMs: number = Infinity): SharedGuard {
    requireBlocking("readSync", "read");
    if (this.#reading > 0) this.#reading += 1;
    else if (!this.#enter()) {
      const deadline = new Deadline(timeoutMs);
      if (!this.#writers.takeSync(deadline)) throw deadline.expired(this.name);
      this.#enterLocked();
    }
    return new AccessGuard(this, false);
  }

  /** Takes it for writing if that needs no waiting. */
  tryWrite(): SharedGuard | undefined {
    if (!this.#writers.tryTake()) return undefined;
    if (this.#readers.empty) return new AccessGuard(this, true);
    this.#writers.give();
    return undefined;
  }

  /** Takes it for writing, alone. Cancellation: rejects with the reason, holding nothing. */
  async write(wait?: Wait): Promise<SharedGuard> {
    const scope = scopeOf(wait);
    await this.#writers.take(scope);
    try {
      for (;;) {
        const leavings = this.#leavings.value;
        if (this.#readers.empty) return new AccessGuard(this, true);
        await this.#leavings.park(leavings, scope);
      }
    } catch (error) {
      this.#writers.give();
      throw error;
    }
  }

  /** The same, blocking the thread. Errors: as {@link readSync}; `DEADLOCK` also if this thread reads. */
  writeSync(timeoutMs: number = Infinity): SharedGuard {
    requireBlocking("writeSync", "write");
    if (this.#reading > 0)
      throw new ConcurrencyError(
        "DEADLOCK",
        `${this.name}: this thread reads, and would now wait for itself: release the reading first`,
      );
    const deadline = new Deadline(timeoutMs);
    if (!this.#writers.takeSync(deadline)) throw deadline.expired(this.name);
    for (;;) {
      const leavings = this.#leavings.value;
      if (this.#readers.empty) return new AccessGuard(this, true);
      if (this.#leavings.parkSync(leavings, deadline)) continue;
      this.#writers.give();
      throw deadline.expired(this.name);
    }
  }

  /** A snapshot. `readers`: threads that read. `waiting`: callers of this thread that await it. */
  stats(): { readers: number; writing: boolean; waiting: number } {
    const waiting = this.#writers.waiting + this.#leavings.waiting;
    return { readers: this.#readers.size, writing: !this.#writers.word.free, waiting };
  }

  /** @internal */
  get poisoned(): boolean {
    return this.#writers.word.poisoned;
  }

  /** @internal */
  clearPoison(): void {
    this.#writers.word.clearPoison();
  }

  /** @internal */
  release(writing: boolean): void {
    if (writing) return this.#writers.give();
    this.#reading -= 1;
    if (this.#reading > 0) return;
    this.#readers.leave();
    // Left first, looked then: a writer that didn't see it leave is seen here.
    if (!this.#writers.word.free) this.#tellWriter();
  }

  override recover(dead: number): void {
    this.#writers.word.recover(dead);
    this.#readers.strike(dead);
    this.#tellWriter(); // in any case: it may have left, and died before it could tell
  }

  /** Puts this thread down as a reader, unless a writer is there. */
  #enter(): boolean {
    if (this.#reading === 0) this.#readers.join();
    this.#reading += 1;
    if (this.#writers.word.free) return true;
    this.release(false);
    return false;
  }

  /** The same while holding the writers' lock, so that there is no writer. */
  #enterLocked(): void {
    try {
      if (this.#reading === 0) this.#readers.join();
      this.#reading += 1;
    } finally {
      this.#writers.give();
    }
  }

  #tellWriter(): void {
    add(this.words, LEAVINGS, 1);
    this.#leavings.wake();
  }
}
