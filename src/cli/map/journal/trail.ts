import { createHash, type Hash } from "node:crypto";
import { usageError } from "../../cli-error.js";
import type { Batch } from "../input/index.js";

/** How many inputs had been read, and the hash of them. */
export type Mark = readonly [number, string];

/**
 * Recognizes an input that has no name, such as stdin, by what it has given. A run that goes on where
 * another ended has to read again what the other had read; so it can see whether it is the same.
 */
export class Trail {
  readonly #hash: Hash = createHash("sha256");
  readonly #expected: Mark | undefined;
  #read = 0;
  #marks: Mark[] = [];
  #isOther = false;

  constructor(expected: Mark | undefined) {
    this.#expected = expected;
  }

  /** Notes what was read, before it is used. Throws if it is not what is expected. */
  note({ texts }: Batch): void {
    const before = (this.#expected?.[0] ?? 0) - this.#read;
    if (before <= 0 || before > texts.length) this.#add(texts);
    else {
      this.#add(texts.slice(0, before));
      this.#isOther = this.#digest() !== this.#expected![1];
      if (this.#isOther) throw notTheSame();
      this.#add(texts.slice(before));
    }
    this.#marks.push([this.#read, this.#digest()]);
  }

  /** Throws if the input has ended earlier than is expected. */
  end(): void {
    if (this.#read < (this.#expected?.[0] ?? 0)) throw notTheSame();
  }

  /** The last mark within the first `count` inputs. What has not proved to be the same input leaves no mark. */
  within(count: number): Mark | undefined {
    if (this.#read < (this.#expected?.[0] ?? 0) || this.#isOther) return this.#expected;
    const last = this.#marks.findLast(([read]) => read <= count);
    if (last !== undefined) this.#marks = this.#marks.filter(([read]) => read >= last[0]);
    return last;
  }

  #add(texts: Batch["texts"]): void {
    if (texts.length === 0) return;
    this.#hash.update(`${texts.join("\n")}\n`);
    this.#read += texts.length;
  }

  #digest(): string {
    return this.#hash.copy().digest("hex");
  }
}

function notTheSame(): Error {
  return usageError("stdin does not begin as it did in the run that this one is to go on with");
}
