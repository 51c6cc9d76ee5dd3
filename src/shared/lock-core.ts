import { ConcurrencyError, scopeOf, type Wait, type WaitQueue } from "../core/index.js";
import { AsyncLine, type Serving } from "./async-line.js";
import type { Deadline } from "./deadline.js";
import { LockWord, TAKEN } from "./lock-word.js";
import { me } from "./thread.js";

/** Looks at the word before a thread that must not block gives up. */
const LOOKS = 100;
/**
 * Turns of an empty loop between the looks of a thread that may block, ever more, and in all before it goes to sleep:
 * most locks are held for less than a sleep costs. A look takes the word out of the cache of whoever holds the lock;
 * so to look less often lets that one get on. (Anderson, "The Performance of Spin Lock Alternatives for Shared-Memory
 * Multiprocessors", 1990.)
 */
const PAUSE = { first: 1024, longest: 8192, inAll: 32_768 } as const;
/** How long a thread sleeps at a time that also waits for the same word without blocking. */
const LOOK_EVERY_MS = 5;

/**
 * A {@link LockWord}, and how this thread waits for it. What shared primitives with an order of entry are made
 * of; it hands out no guards.
 */
export class LockCore implements Serving<void> {
  readonly word: LockWord;
  readonly name: string;
  readonly #words: Int32Array;
  readonly #at: number;
  readonly #line: AsyncLine<void>;

  constructor(words: Int32Array, at: number, name: string, fair: boolean) {
    this.word = new LockWord(words, at, fair);
    this.name = name;
    this.#words = words;
    this.#at = at;
    this.#line = new AsyncLine(words, at, name, this);
  }

  /** Callers of this thread that wait for it without blocking. */
  get waiting(): number {
    return this.#line.size;
  }

  /** Takes it if it is free; never waits, and overtakes nobody of this thread. */
  tryTake(): boolean {
    return this.#line.size === 0 && this.word.take();
  }

  /** The same, for a lock that is held for moments: looks some times before it gives up. */
  tryTakeSoon(): boolean {
    for (let looks = 0; looks < LOOKS; looks += 1) {
      if (this.word.free && this.tryTake()) return true;
    }
    return false;
  }

  /** Takes it; false if time is up first. Throws `DEADLOCK` if this thread holds it. */
  takeSync(deadline: Deadline): boolean {
    return this.word.take() || this.waitSync(deadline);
  }

  /** The same, for one who has just found that it isn't free. */
  waitSync(deadline: Deadline): boolean {
    if (this.#takeSoon()) return true;
    if (this.word.owner === me) throw this.#selfDeadlock();
    let woken = false;
    for (;;) {
      const value = this.word.takeOrAnnounce(woken);
      if (value === TAKEN) return true;
      // The wake-up may come to a caller of this thread who awaits it, and whom we keep from hearing of it: so
      // look from time to time, and take what was handed over to that one.
      const deaf = this.#line.asleep;
      const slept = deadline.sleep(this.#words, this.#at, value, deaf ? LOOK_EVERY_MS : Infinity);
      if (slept === "timed-out" && deadline.leftMs === 0) return false;
      woken = slept === "ok" || deaf;
    }
  }

  #takeSoon(): boolean {
    for (let paused = 0, pause: number = PAUSE.first; paused < PAUSE.inAll;) {
      for (let i = 0; i < pause; i += 1);
      if (this.word.free && this.word.take()) return true;
      paused += pause;
      pause = Math.min(pause * 2, PAUSE.longest);
    }
    return false;
  }

  /** Takes it. Cancellation: rejects with the scope's reason, holding nothing. */
  take(wait: Wait | undefined): Promise<void> {
    const scope = scopeOf(wait);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    return this.tryTake() ? Promise.resolve() : this.#line.wait(scope);
  }

  give(): void {
    this.word.give();
  }

  serve(line: WaitQueue, woken: boolean): number {
    const value = this.word.takeOrAnnounce(woken);
    if (value !== TAKEN) return value;
    line.wakeOne();
    // Held by us now: whoever is left in the line sleeps on that.
    return line.size === 0 ? TAKEN : this.word.takeOrAnnounce(false);
  }

  passOn(): void {
    this.word.passOn();
  }

  #selfDeadlock(): ConcurrencyError {
    return new ConcurrencyError(
      "DEADLOCK",
      `${this.name} is held by this very thread, which would now block for ever: ` +
        "release it first, or await it",
    );
  }
}
