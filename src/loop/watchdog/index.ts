/**
 * The watchdog's own thread: it reads pulses, asks threads that are late what they do, and judges.
 *
 * @module
 */
export { inspectedMain, InspectedWorker } from "./inspected.js";
export { Originals } from "./originals.js";
export { Prober } from "./prober.js";
export { Watched } from "./watched.js";
