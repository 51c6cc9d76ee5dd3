import { realHost, type Timer, type Wait, WaitQueue } from "../core/index.js";
import { sleepAsync } from "./memory.js";

/** What {@link AsyncLine} asks of the primitive that it belongs to. */
export interface Serving<T> {
  /**
   * Wakes those in `line` who may go now, and gives the value of the word on which the others sleep on.
   * `woken`: the word's sleep ended by a wake-up, which is this thread's to use or to pass on.
   */
  serve(line: WaitQueue<T>, woken: boolean): number;
  /** A wake-up came and nobody is here to use it. */
  passOn(): void;
}

/**
 * The callers of one thread who wait for one word of shared memory without blocking.
 *
 * An asynchronous sleep can't be taken back: one that was abandoned would swallow a wake-up that belongs to
 * another thread. So each thread keeps one at most for each word, and its callers in a line behind it, whence
 * they can leave at any time; a wake-up that finds the line empty is passed on.
 *
 * Invariant: if somebody waits here, this thread sleeps on the word, or is being served.
 */
export class AsyncLine<T> {
  readonly #words: Int32Array;
  readonly #at: number;
  readonly #serving: Serving<T>;
  readonly #waiting: WaitQueue<T>;
  #asleep = false;
  #keepingAlive: Timer | undefined;

  constructor(words: Int32Array, at: number, name: string, serving: Serving<T>) {
    this.#words = words;
    this.#at = at;
    this.#serving = serving;
    this.#waiting = new WaitQueue(name, () => this.#letGo());
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** True if a wake-up of the word may come to this thread as an event. */
  get asleep(): boolean {
    return this.#asleep;
  }

  /** Cancellation: rejects with the scope's reason; the caller has left the line and got nothing. */
  wait(wait: Wait | undefined): Promise<T> {
    const served = this.#waiting.wait(wait);
    // A sleep keeps no program alive, but somebody who waits for a worker does.
    if (this.#waiting.size > 0) this.#keepingAlive ??= realHost.startTimer(() => {}, Infinity);
    if (!this.#asleep) this.#run(false);
    return served;
  }

  #run(woken: boolean): void {
    for (;;) {
      this.#waiting.dropCancelled();
      if (this.#waiting.size === 0) {
        if (woken) this.#serving.passOn();
        break;
      }
      const value = this.#serving.serve(this.#waiting, woken);
      if (this.#waiting.size === 0) break;
      woken = false;
      const slept = sleepAsync(this.#words, this.#at, value);
      if (!slept.async) continue; // it has changed since: look again
      this.#asleep = true;
      void slept.value.then(this.#wake);
      return;
    }
    this.#letGo();
  }

  readonly #wake = (): void => {
    this.#asleep = false;
    this.#run(true);
  };

  #letGo(): void {
    if (this.#waiting.size > 0 || this.#keepingAlive === undefined) return;
    realHost.stopTimer(this.#keepingAlive);
    this.#keepingAlive = undefined;
  }
}
