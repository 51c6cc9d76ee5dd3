/**
 * How whatever a task throws crosses to another thread or process, and stays whole.
 *
 * @module
 */
export { defineErrors } from "./define-errors.js";
export type { ErrorClass } from "./error-classes.js";
export { packError } from "./pack-error.js";
export type { PackedError } from "./packed-error.js";
export { NEARBY } from "./submitted-stack.js";
export { outOfTime } from "./time-limit.js";
export { unpackError } from "./unpack-error.js";
