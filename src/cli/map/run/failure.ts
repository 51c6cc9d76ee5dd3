import { messageOf } from "../../../core/index.js";
import { type Batch, lineOf } from "../input/index.js";

/** An input that the function could not be run for, or that it failed with. */
export class Failure {
  readonly index: number;
  readonly source: string | undefined;
  readonly line: number | undefined;
  readonly error: unknown;
  readonly #batch: Batch;
  readonly #at: number;

  constructor(batch: Batch, at: number, index: number, error: unknown) {
    this.index = index;
    this.source = batch.source;
    this.line = lineOf(batch, at);
    this.error = error;
    this.#batch = batch;
    this.#at = at;
  }

  /** `reviews.jsonl:17`, or the input itself if it stands in no file. */
  get place(): string {
    if (this.source !== undefined) return `${this.source}:${this.line}`;
    return `input ${this.index + 1} (${this.#text ?? ""})`;
  }

  /** For people: what failed in one line. */
  get reason(): string {
    return messageOf(this.error).split("\n", 1)[0]!;
  }

  /** A line of JSON that tells all of it. */
  toJson(): string {
    const { error } = this;
    const { name, message, code, stack } = (
      error instanceof Error ? error : { name: "thrown", message: messageOf(error) }
    ) as Partial<NodeJS.ErrnoException>;
    const where = { index: this.index, file: this.source, line: this.line };
    return `${JSON.stringify({ error: { name, message, code, stack }, ...where, input: this.#text })}\n`;
  }

  get #text(): string | undefined {
    const text = this.#batch.texts[this.#at];
    return typeof text === "string" ? text : undefined;
  }
}
