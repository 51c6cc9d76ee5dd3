/**
 * Measures a function on a sample of its inputs, and says where it runs best: `weft advise`.
 *
 * @module
 */
export { advise } from "./command.js";
