import { copyOf } from "../../shared/travel.js";
import type { PackedError } from "../errors/index.js";

/** What is sent of a chunk that stopped at an input. */
export interface PackedChunkFailure {
  readonly error: PackedError;
  /** Of the inputs before that one. */
  readonly outputs: readonly unknown[];
}

/** An input of a chunk failed with `error`; what the inputs before it gave is not lost. */
export class ChunkFailure {
  readonly error: unknown;
  readonly outputs: readonly unknown[];
  /** The place of that input in the chunk. */
  readonly at: number;

  constructor(error: unknown, outputs: readonly unknown[], at: number = outputs.length) {
    this.error = error;
    this.outputs = outputs;
    this.at = at;
  }
}

/** The place of the first of `values` that can't be cloned; -1 if all can. */
export function firstUncloneable(values: readonly unknown[]): number {
  return values.findIndex((value) => {
    try {
      copyOf(value);
      return false;
    } catch {
      return true;
    }
  });
}
