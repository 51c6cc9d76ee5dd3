/**
 * A host of a cluster, from the command line: `weft worker`.
 *
 * @module
 */
export { worker } from "./command.js";
