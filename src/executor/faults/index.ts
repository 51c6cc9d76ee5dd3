/**
 * Faults on real workers: what dies, hangs, floods or can't be sent, and what their pool makes of it. All of
 * it is for tests: nothing in this folder is built, or published.
 *
 * @module
 */
export { leftovers, nothingLeft } from "./leftovers.js";
export { pools } from "./pools.js";
export { runMain } from "./run-main.js";
export * as tasks from "./tasks.js";
export { isAlive, lost, running, settled, until } from "./watching.js";
