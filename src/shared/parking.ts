import type { Wait, WaitQueue } from "../core/index.js";
import { AsyncLine, type Serving } from "./async-line.js";
import type { Deadline } from "./deadline.js";
import { load, wake } from "./memory.js";

/**
 * A word that callers sleep on until it changes. Whoever changes it wakes them, and each looks for itself
 * whether what it waits for has come: so a wake-up too many does no harm, and none has to be passed on.
 *
 * Law: who read `value`, looked, and then parks on `value` misses no change that came after the look.
 */
export class Parking implements Serving<void> {
  readonly name: string;
  readonly #words: Int32Array;
  readonly #at: number;
  readonly #line: AsyncLine<void>;
  readonly #passOn: boolean;
  #value = 0;
  /** What was there when this thread fell asleep. */
  #sleptOn = 0;

  /** `passOn`: wakers wake fewer than all, so a wake-up that nobody here uses goes to another thread. */
  constructor(words: Int32Array, at: number, name: string, passOn = false) {
    this.#words = words;
    this.#at = at;
    this.name = name;
    this.#passOn = passOn;
    this.#line = new AsyncLine(words, at, name, this);
  }

  get value(): number {
    return load(this.#words, this.#at);
  }

  /** Callers of this thread that wait without blocking. */
  get waiting(): number {
    return this.#line.size;
  }

  /** Waits while `value` is there, until a wake-up. Cancellation: rejects with the scope's reason. */
  park(value: number, wait: Wait | undefined): Promise<void> {
    this.#value = value; // those who parked on an older one are asleep already, or go when it is seen to differ
    return this.#line.wait(wait);
  }

  /** The same, blocking the thread. False if time is up. */
  parkSync(value: number, deadline: Deadline): boolean {
    return deadline.sleep(this.#words, this.#at, value) !== "timed-out";
  }

  /** Wakes `count`, or all, threads that sleep here; in each, all who wait. */
  wake(count: number = Infinity): void {
    wake(this.#words, this.#at, count);
  }

  serve(line: WaitQueue, woken: boolean): number {
    // The sleep is older than the latest caller: the wake-up may be for one who waited elsewhere before that one.
    if (woken && this.#sleptOn !== this.#value) this.passOn();
    if (woken || load(this.#words, this.#at) !== this.#value) line.wakeAll();
    this.#sleptOn = this.#value;
    return this.#value;
  }

  passOn(): void {
    if (this.#passOn) wake(this.#words, this.#at, 1);
  }
}
