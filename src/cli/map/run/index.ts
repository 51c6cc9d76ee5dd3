/**
 * The loop of a map: takes inputs, runs the function for them, hands on what comes of it.
 *
 * @module
 */
export { Failure } from "./failure.js";
export { MapLoop } from "./map-loop.js";
export type { Results } from "./results.js";
export { Retries } from "./retries.js";
