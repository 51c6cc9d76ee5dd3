import type { BadInputError } from "./bad-input-error.js";

/** How the text of an input becomes the function's argument, there where the function runs. */
export type Decoding = "text" | "json";

/** Inputs that were read together. An object for each of ten million would cost more than most functions. */
export interface Batch {
  /** The file that they stand in; undefined if they stand in none. */
  readonly source: string | undefined;
  readonly texts: readonly (string | BadInputError)[];
  /** The line of each; or of the first, if each takes one line. */
  readonly lines: number | readonly number[];
}

export function lineOf({ source, lines }: Batch, at: number): number | undefined {
  if (source === undefined) return undefined;
  return typeof lines === "number" ? lines + at : lines[at];
}

/** Where inputs come from. They can be read once. */
export interface Input {
  readonly decoding: Decoding;
  /** How many there are, if that is known. */
  readonly count: number | undefined;
  batches(): AsyncIterable<Batch>;
  /** Ends the batches, also while the next is waited for. */
  close(): void;
  /** How much has been read, from 0 to 1; undefined if nobody knows. */
  share(): number | undefined;
}
