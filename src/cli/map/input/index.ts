/**
 * Where the inputs of a map come from: lines, JSON lines and CSV in files or from stdin, paths, numbers.
 *
 * @module
 */
export type { Batch, Decoding, Input } from "./batch.js";
export { lineOf } from "./batch.js";
export { BadInputError, isBadInput } from "./bad-input-error.js";
export { globInput } from "./glob-input.js";
export { rangeInput } from "./range-input.js";
export { type Format, streamInput } from "./stream-input.js";
