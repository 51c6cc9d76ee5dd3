/** Tells once that a worker uses more memory than it may. */
export class MemoryCheck {
  readonly #limitBytes: number;
  readonly #usedBytes: () => number;
  readonly #tooMuch: () => void;
  #told = false;

  constructor(limitMb: number | undefined, usedBytes: () => number, tooMuch: () => void) {
    this.#limitBytes = (limitMb ?? Infinity) * 2 ** 20;
    this.#usedBytes = usedBytes;
    this.#tooMuch = tooMuch;
  }

  look(): void {
    if (this.#told || this.#limitBytes === Infinity || this.#usedBytes() <= this.#limitBytes)
      return;
    this.#told = true;
    this.#tooMuch();
  }
}
