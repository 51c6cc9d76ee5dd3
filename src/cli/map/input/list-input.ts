import type { Batch, Decoding, Input } from "./batch.js";

const BATCH = 4096;

/** Inputs that are known from the start. */
export class ListInput implements Input {
  readonly count: number;
  readonly decoding: Decoding;
  readonly #textAt: (index: number) => string;
  #given = 0;
  #closed = false;

  constructor(count: number, decoding: Decoding, textAt: (index: number) => string) {
    this.count = count;
    this.decoding = decoding;
    this.#textAt = textAt;
  }

  async *batches(): AsyncGenerator<Batch> {
    while (this.#given < this.count && !this.#closed) {
      const first = this.#given;
      this.#given = Math.min(this.count, first + BATCH);
      const length = this.#given - first;
      const texts = Array.from({ length }, (_, at) => this.#textAt(first + at));
      yield { source: undefined, texts, lines: 1 };
    }
  }

  close(): void {
    this.#closed = true;
  }

  share(): number {
    return this.count === 0 ? 1 : this.#given / this.count;
  }
}
