/**
 * Completion of command lines: what bash and zsh must know of `weft`.
 *
 * @module
 */
export { completion } from "./command.js";
