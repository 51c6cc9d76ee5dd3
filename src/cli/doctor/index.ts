/**
 * What of this machine and this Node decides how weftwork runs here: `weft doctor`.
 *
 * @module
 */
export { doctor } from "./command.js";
