import type { Identity } from "./identity.js";
import type { Range } from "./range-set.js";
import type { Mark } from "./trail.js";

export const FORMAT = 1;

/** The first line of a journal. */
export interface Header {
  readonly weft: typeof FORMAT;
  readonly identity: Identity;
}

/** An input that failed for good. */
export interface FailedInput {
  readonly index: number;
  readonly place: string;
  readonly reason: string;
}

/** How things stood at one moment. Each entry tells all; only failures are told once. */
export interface Entry {
  /** The output's length. */
  readonly bytes: number;
  /** That of the file of errors. */
  readonly errorBytes: number;
  /** The inputs whose outputs these are, or that failed. */
  readonly done: readonly Range[];
  /** Those that have failed since the entry before. */
  readonly failed: readonly FailedInput[];
  /** What had been read by then, where the input has no name. */
  readonly mark?: Mark | undefined;
  /** True if that was the end of the input. */
  readonly end?: boolean;
}

/** From here on what had failed is tried again. */
export interface RetryEntry {
  readonly retry: true;
}
