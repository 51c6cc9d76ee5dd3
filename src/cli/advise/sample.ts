import { type Batch, type Input, lineOf } from "../map/input/index.js";

/** The inputs of a sample as texts, as a map hands them to its workers. */
export class Sample {
  readonly #input: Input;
  #taken = 0;
  #malformed = 0;
  #first = "";

  constructor(input: Input) {
    this.#input = input;
  }

  /** How many inputs were taken, the malformed left out. */
  get taken(): number {
    return this.#taken;
  }

  /** What was left out, in words. */
  get warnings(): string[] {
    if (this.#malformed === 0) return [];
    return [`${this.#malformed} malformed inputs were left out, the first at ${this.#first}`];
  }

  async *texts(): AsyncGenerator<string> {
    try {
      for await (const batch of this.#input.batches()) yield* this.#textsOf(batch);
    } finally {
      this.#input.close();
    }
  }

  *#textsOf(batch: Batch): Generator<string> {
    for (const [at, text] of batch.texts.entries()) {
      if (typeof text === "string") {
        this.#taken += 1;
        yield text;
      } else {
        if (this.#malformed === 0)
          this.#first = `${batch.source}:${lineOf(batch, at)}: ${text.message}`;
        this.#malformed += 1;
      }
    }
  }
}
