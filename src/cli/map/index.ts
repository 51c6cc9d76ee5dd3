/**
 * Runs a function over a large input: `weft map`.
 *
 * @module
 */
export { map } from "./command.js";
