/**
 * Linearizability: what concurrent operations on an object gave, held against a sequential model.
 *
 * @module
 */
export { type History, linearizable } from "./linearizable.js";
export { type Model, WAITS } from "./search.js";
