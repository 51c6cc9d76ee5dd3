import type { Failure } from "../run/index.js";

/** How many reasons a summary shows. */
const SHOWN = 3;

/** Counts failures, and keeps the first few for the summary. */
export class Tally {
  #failures = 0;
  readonly #first: string[] = [];

  get failures(): number {
    return this.#failures;
  }

  /** The first failures, for people. */
  get first(): readonly string[] {
    return this.#first;
  }

  add(failure: Failure): void {
    this.#failures += 1;
    if (this.#first.length < SHOWN) this.#first.push(`${failure.place}: ${failure.reason}`);
  }
}
