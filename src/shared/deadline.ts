import { realHost, requireMs, TimeoutError } from "../core/index.js";
import { type Slept, sleep } from "./memory.js";
import { childrenToWatch, lookAtChildren } from "./watch.js";

/** How long a thread that has workers of its own sleeps before it looks whether they live. */
const LOOK_EVERY_MS = 50;

/**
 * When a blocking wait has to end. What blocks a thread passes in real time, under a virtual host too: no
 * timer of any kind could fire meanwhile.
 */
export class Deadline {
  readonly #atMs: number;
  readonly #timeoutMs: number;

  constructor(timeoutMs: number) {
    requireMs("timeoutMs", timeoutMs);
    this.#timeoutMs = timeoutMs;
    this.#atMs = timeoutMs === Infinity ? Infinity : realHost.nowMs() + timeoutMs;
  }

  get leftMs(): number {
    return this.#atMs === Infinity ? Infinity : Math.max(0, this.#atMs - realHost.nowMs());
  }

  /** Blocks as long as `value` is there, until it is woken or time is up, or for `atMostMs`. */
  sleep(words: Int32Array, at: number, value: number, atMostMs: number = Infinity): Slept {
    let leftMs = Math.min(this.leftMs, atMostMs);
    while (childrenToWatch() && leftMs > LOOK_EVERY_MS) {
      // The exit of a worker that holds what we wait for is an event, and this thread has none meanwhile.
      const slept = sleep(words, at, value, LOOK_EVERY_MS);
      if (slept !== "timed-out") return slept;
      lookAtChildren();
      leftMs = Math.min(this.leftMs, atMostMs);
    }
    return sleep(words, at, value, leftMs);
  }

  expired(on: string): TimeoutError {
    return new TimeoutError(`${on}: not within ${this.#timeoutMs} ms`);
  }
}

export const NEVER: Deadline = new Deadline(Infinity);
