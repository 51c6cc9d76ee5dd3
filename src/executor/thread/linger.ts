import { realHost } from "../../core/index.js";

/** An answer that is expected within so long is waited for. */
const QUICK_US = 20;
const LINGER_MS = 0.03;
/** A worker that slept has to wake first. */
const LINGER_FOR_SLEEPER_MS = 0.12;
/** Looks at the ring between two looks at the clock. */
const LOOKS = 50;
/** Then the event loop gets a turn: whoever awaits one task after the other would keep it for ever. */
const MOST_IN_A_ROW = 64;
/** Answers that are not waited for after one wait in vain. They double each time. */
const FIRST_PAUSE = 1;
const LONGEST_PAUSE = 16;

/**
 * To put the loop to sleep and be woken takes ten times as long as a small task. So when all that a worker
 * has is expected to be done at once, the pool's side stays a moment and looks for the answer itself.
 */
export class Linger {
  readonly #ready: () => boolean;
  #left = MOST_IN_A_ROW;
  #pause = 0;
  #nextPause = FIRST_PAUSE;

  /** `ready` tells whether an answer is there. */
  constructor(ready: () => boolean) {
    this.#ready = ready;
  }

  /** The event loop has had a turn. */
  turned(): void {
    this.#left = MOST_IN_A_ROW;
  }

  /** True if the event loop is to get a turn before the next wait. */
  get owesTurn(): boolean {
    return this.#left === 0;
  }

  /** True if it should stay for an answer that is expected in `expectedUs`. */
  wants(expectedUs: number): boolean {
    if (expectedUs > QUICK_US) return false;
    if (this.#pause === 0) return true;
    this.#pause -= 1;
    return false;
  }

  /** Stays until an answer is there, or for a moment. */
  wait(slept: boolean): void {
    this.#left -= 1;
    if (this.#look(slept ? LINGER_FOR_SLEEPER_MS : LINGER_MS)) {
      this.#nextPause = FIRST_PAUSE;
      return;
    }
    this.#pause = this.#nextPause;
    this.#nextPause = Math.min(LONGEST_PAUSE, this.#nextPause * 2);
  }

  #look(forMs: number): boolean {
    const endMs = realHost.nowMs() + forMs;
    do {
      for (let i = 0; i < LOOKS; i += 1) if (this.#ready()) return true;
    } while (realHost.nowMs() < endMs);
    return false;
  }
}
