import { type Scope, WaitQueue } from "../../core/index.js";

/** Pours the outputs of an async generator to a reader, no faster than the reader grants. */
export class Outflow {
  readonly #scope: Scope;
  readonly #give: (output: unknown) => void;
  readonly #waiting: WaitQueue = new WaitQueue("the reader of the stream");
  #credit: number;

  constructor(scope: Scope, credit: number, give: (output: unknown) => void) {
    this.#scope = scope;
    this.#credit = credit;
    this.#give = give;
  }

  credit(count: number): void {
    this.#credit += count;
    this.#waiting.wakeOne();
  }

  /** Leaving the loop, by a cancel or an error, closes the generator. */
  async pour(outputs: unknown): Promise<void> {
    if (!isAsyncIterable(outputs))
      throw new TypeError("stream() needs a task that gives an async iterable; see submit()");
    for await (const output of outputs) {
      this.#scope.throwIfCancelled();
      this.#give(output);
      this.#credit -= 1;
      while (this.#credit <= 0) await this.#waiting.wait(this.#scope);
    }
  }
}

/** Throws if a task that was to give one output gives many. */
export function requireOneOutput(outcome: unknown): unknown {
  if (!isAsyncIterable(outcome)) return outcome;
  throw new TypeError("the task gives many outputs, as an async iterable: use stream()");
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
