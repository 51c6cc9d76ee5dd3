/**
 * Exploration: a program is run under many schedules, and the one under which it goes wrong is found, made
 * short, and can be run again.
 *
 * @module
 */
export { ExplorationError } from "./exploration-error.js";
export { type Explore, explore, explored, replay } from "./explore.js";
export type { Exploration } from "./exploring.js";
export { type History, linearizable, type Model, WAITS } from "./linearizability/index.js";
export type { ExploreOptions } from "./options.js";
export type { FindingKind } from "./run/index.js";
export type { Program } from "./run/index.js";
export { step } from "./step.js";
