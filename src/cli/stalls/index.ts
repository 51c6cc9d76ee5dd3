/**
 * The flags of the commands that can watch for what blocks the event loop, and the watch.
 *
 * @module
 */
export { stallFlags } from "./flags.js";
export { type StallOptions, stallOptionsOf } from "./options.js";
export { openWatch } from "./open-watch.js";
