/**
 * Keeps what comes of inputs: results and failures to their files, and how far that is to the journal.
 *
 * @module
 */
export { Checkpoints } from "./checkpoints.js";
export { Recorder } from "./recorder.js";
