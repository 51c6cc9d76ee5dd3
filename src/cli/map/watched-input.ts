import type { Batch, Input } from "./input/index.js";
import type { Trail } from "./journal/index.js";

/** An input of which is known how much of it has been read. */
export class WatchedInput {
  readonly #input: Input;
  readonly #trail: Trail | undefined;
  #read = 0;

  constructor(input: Input, trail: Trail | undefined) {
    this.#input = input;
    this.#trail = trail;
  }

  async *batches(): AsyncGenerator<Batch> {
    for await (const batch of this.#input.batches()) {
      this.#trail?.note(batch);
      this.#read += batch.texts.length;
      yield batch;
    }
    this.#trail?.end();
  }

  close(): void {
    this.#input.close();
  }

  /** How many inputs there are, if that is known. */
  get count(): number | undefined {
    return this.#input.count ?? (this.#input.share() === 1 ? this.#read : undefined);
  }

  /** How much of the input `done` inputs are, from 0 to 1: what is read is ahead of what is done. */
  shareOf(done: number): number | undefined {
    if (this.#input.count !== undefined) return done / Math.max(1, this.#input.count);
    const share = this.#input.share();
    return share === undefined || this.#read === 0 ? undefined : (share * done) / this.#read;
  }
}
