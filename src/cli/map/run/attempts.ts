import type { CancelScope } from "../../../core/index.js";
import type { RateLimiter } from "../../../limit/index.js";
import type { Place } from "../place/index.js";
import type { Retries } from "./retries.js";

export interface AttemptsOptions {
  readonly place: Place;
  readonly retries: Retries;
  readonly rate: RateLimiter | undefined;
  /** The place can run nothing any more. */
  readonly onBroken: (error: unknown) => void;
}

/** The error of the last attempt. */
export class Exhausted {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** Runs a place for one input, again if need be. */
export class Attempts {
  readonly #options: AttemptsOptions;
  /** Cancelled when no more is to start. */
  readonly #intake: CancelScope;

  constructor(intake: CancelScope, options: AttemptsOptions) {
    this.#intake = intake;
    this.#options = options;
  }

  /** Follows a first attempt. Undefined if the input was not run, or was cut short: it is as if it was never taken. */
  async follow(first: PromiseLike<string>, text: string): Promise<string | Exhausted | undefined> {
    const { place, retries, rate, onBroken } = this.#options;
    let running = first;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await running;
      } catch (error) {
        if (this.#intake.cancelled && isCancel(error)) return undefined;
        if (error !== undefined && place.broken === error) {
          onBroken(error);
          return undefined;
        }
        if (!retries.allow(attempt, error)) return new Exhausted(error);
      }
      try {
        await retries.pause(attempt, this.#intake);
        await rate?.acquire(this.#intake);
      } catch {
        return undefined; // stopped before it could be tried again
      }
      running = promised(() => place.run(text, attempt + 1));
    }
  }
}

async function promised(run: () => string | PromiseLike<string>): Promise<string> {
  return await run();
}

function isCancel(error: unknown): boolean {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  return name === "AbortError" || code === "CLOSED";
}
