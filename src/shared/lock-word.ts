import { compareExchange, exchange, load, store, wake } from "./memory.js";
import { me, THREAD_BITS } from "./thread.js";

/** Somebody may sleep on the word: whoever gives it up wakes one. */
const WAITERS = 1 << 24;
/** Given up for one who was woken; a newcomer may not take it. Only of fair locks. */
const HAND_OVER = 1 << 25;
/** An owner has died while holding it. */
const POISON = 1 << 26;

/** In place of a value to sleep on: the word was taken. */
export const TAKEN = -1;

/**
 * A lock in one word of shared memory: the thread that owns it, and three flags.
 *
 *   0 ──take──▶ owner ──somebody waits──▶ owner|WAITERS ──give──▶ 0 and wake one
 *                                                       └─fair──▶ HAND_OVER|WAITERS and wake one, who takes it
 *
 * Invariants:
 *  1. Only who stores its own thread owns it; only the owner, or the recovery after its death, removes that.
 *  2. If somebody sleeps on it, WAITERS is set, or one who was woken is on the way. So who takes it after having
 *     been woken sets WAITERS: others may sleep still. The last one wakes nobody, and that is all it costs.
 *  3. HAND_OVER is set only while one who was woken is on the way; who finds nobody to wake takes it back.
 *
 * After Drepper, "Futexes Are Tricky" (2011), mutex 3. `lock.pml` states it for a model checker.
 */
export class LockWord {
  readonly #words: Int32Array;
  readonly #at: number;
  readonly #fair: boolean;

  constructor(words: Int32Array, at: number, fair: boolean) {
    this.#words = words;
    this.#at = at;
    this.#fair = fair;
  }

  /** Takes it if it is free now. */
  take(): boolean {
    if (compareExchange(this.#words, this.#at, 0, me) === 0) return true;
    return this.owner === 0 && this.#takePoisoned();
  }

  #takePoisoned(): boolean {
    const words = this.#words;
    return compareExchange(words, this.#at, POISON, POISON | me) === POISON;
  }

  /** Takes it, or gives the value to sleep on. `woken`: the caller slept on it and was woken. */
  takeOrAnnounce(woken: boolean): number {
    const words = this.#words;
    const at = this.#at;
    for (;;) {
      const seen = load(words, at);
      if ((seen & THREAD_BITS) === 0 && (woken || (seen & HAND_OVER) === 0)) {
        const taken = (seen & POISON) | me | (woken ? WAITERS : 0);
        if (compareExchange(words, at, seen, taken) === seen) return TAKEN;
      } else {
        const announced = seen | WAITERS;
        if (seen === announced || compareExchange(words, at, seen, announced) === seen)
          return announced;
      }
    }
  }

  /** Gives it up. The caller owns it. */
  give(): void {
    if (compareExchange(this.#words, this.#at, me, 0) !== me) this.#giveToOthers();
  }

  #giveToOthers(): void {
    const words = this.#words;
    const poison = load(words, this.#at) & POISON; // the owner's to change, and we are that
    if (this.#fair) this.#handOver(poison);
    else if ((exchange(words, this.#at, poison) & WAITERS) !== 0) wake(words, this.#at, 1);
  }

  #handOver(poison: number): void {
    const words = this.#words;
    if (compareExchange(words, this.#at, me | poison, poison) === (me | poison)) return;
    store(words, this.#at, HAND_OVER | WAITERS | poison); // nothing but WAITERS can have come, and it stays
    this.passOn();
  }

  /** Wakes another, for one who was woken and doesn't want it. */
  passOn(): void {
    if (wake(this.#words, this.#at, 1) === 0) this.#takeBackHandOver();
  }

  // Nobody slept. But between the hand-over and here somebody may have fallen asleep on it: wake that one.
  #takeBackHandOver(): void {
    const words = this.#words;
    for (;;) {
      const seen = load(words, this.#at);
      if ((seen & HAND_OVER) === 0) return;
      if (compareExchange(words, this.#at, seen, seen & POISON) !== seen) continue;
      wake(words, this.#at, 1);
      return;
    }
  }

  /** The thread that owns it; zero if none does. */
  get owner(): number {
    return load(this.#words, this.#at) & THREAD_BITS;
  }

  /** True if a newcomer could take it. */
  get free(): boolean {
    return (load(this.#words, this.#at) & (THREAD_BITS | HAND_OVER)) === 0;
  }

  get poisoned(): boolean {
    return (load(this.#words, this.#at) & POISON) !== 0;
  }

  /** Forgets the death of an earlier owner. The caller owns it. */
  clearPoison(): void {
    const words = this.#words;
    let seen = load(words, this.#at);
    for (;;) {
      const found = compareExchange(words, this.#at, seen, seen & ~POISON);
      if (found === seen) return;
      seen = found;
    }
  }

  /**
   * Takes it from a thread that has died; true if that owned it. All who sleep are woken: the dead may have
   * been woken last, and gone without waking the next.
   */
  recover(dead: number): boolean {
    const words = this.#words;
    let owned = false;
    for (;;) {
      const seen = load(words, this.#at);
      owned = (seen & THREAD_BITS) === dead;
      if (!owned && (seen & HAND_OVER) === 0) break;
      const freed = owned ? POISON : seen & POISON;
      if (compareExchange(words, this.#at, seen, freed) === seen) break;
    }
    wake(words, this.#at, Infinity);
    return owned;
  }
}
