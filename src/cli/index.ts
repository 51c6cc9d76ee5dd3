/**
 * The command `weft`: reads the command line, calls the library, prints. The folders below are its
 * subcommands and what they are made of; `weft.ts` is what the shell starts.
 *
 * @module
 */
export { main } from "./main.js";
