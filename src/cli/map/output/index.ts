/**
 * Where the results of a map go: a file, or stdout. What can't be written is told once, and no more is taken.
 *
 * @module
 */
export { FileTarget } from "./file-target.js";
export { StreamTarget } from "./stream-target.js";
export { TextSink } from "./text-sink.js";
