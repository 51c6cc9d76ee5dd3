/**
 * What runs in a worker, be it a thread or a process: it finds functions, runs tasks, and tells what came of them.
 *
 * @module
 */
export { startWorker } from "./start-worker.js";
