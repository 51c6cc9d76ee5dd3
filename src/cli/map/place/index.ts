/**
 * Where the function of a map runs: in this thread, or in the workers of an executor.
 *
 * @module
 */
export { LocalPlace } from "./local-place.js";
export type { Place } from "./place.js";
export { PoolPlace } from "./pool-place.js";
