/** Enough calls, and time, to compare one place with the other. */
const ENOUGH_CALLS = 10;
const ENOUGH_MS = 150;

/** Calls per second over several windows, in which there was always more to do. */
export class Pace {
  #ended = 0;
  #tookMs = 0;

  /** Undefined until it is worth something. */
  get perSecond(): number | undefined {
    if (this.#ended < ENOUGH_CALLS || this.#tookMs < ENOUGH_MS) return undefined;
    return (1000 * this.#ended) / this.#tookMs;
  }

  add(ended: number, tookMs: number): void {
    // Half of what is old is forgotten: the inputs may have changed.
    const keep = this.#tookMs > 10 * ENOUGH_MS ? 0.5 : 1;
    this.#ended = keep * this.#ended + ended;
    this.#tookMs = keep * this.#tookMs + tookMs;
  }

  clear(): void {
    this.#ended = 0;
    this.#tookMs = 0;
  }
}
