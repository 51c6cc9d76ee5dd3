import { type CancelScope, host } from "../../../core/index.js";
import { sleep } from "../../../task/index.js";
import { isBadInput } from "../input/index.js";

export interface RetryOptions {
  /** How often an input is tried again. */
  readonly retries: number;
  /** The longest pause before the first retry; it doubles with each. */
  readonly delayMs: number;
}

const LONGEST_PAUSE_MS = 60_000;

/** Whether and when an input that failed is tried again: exponential backoff, with full jitter. */
export class Retries {
  readonly #retries: number;
  readonly #delayMs: number;

  constructor({ retries, delayMs }: RetryOptions) {
    this.#retries = retries;
    this.#delayMs = delayMs;
  }

  /** Whether an input is tried again whose attempt number `attempt` failed with `error`. */
  allow(attempt: number, error: unknown): boolean {
    return attempt <= this.#retries && !isBadInput(error);
  }

  // Anywhere between nothing and the whole pause: what failed together should not come back together.
  pause(attempt: number, scope: CancelScope): Promise<void> {
    const longestMs = Math.min(LONGEST_PAUSE_MS, this.#delayMs * 2 ** (attempt - 1));
    return sleep(host.random() * longestMs, scope);
  }
}
