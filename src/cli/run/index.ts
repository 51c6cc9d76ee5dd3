/**
 * Runs a program as Node does, and looks after it meanwhile: `weft run`.
 *
 * @module
 */
export { run } from "./command.js";
