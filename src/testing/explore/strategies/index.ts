/**
 * Choosers: who decides what happens next, at random, by priorities, exhaustively, or as noted before.
 *
 * @module
 */
export { chanceOf } from "./chance.js";
export { type Chooser, CLOCK, type Option, Steady } from "./chooser.js";
export { type Deviation, DeviatingChooser, NotingChooser } from "./deviations.js";
export { Exhaustive } from "./exhaustive.js";
export { PctChooser } from "./pct.js";
export { RandomChooser } from "./random.js";
export { readReplayId, type Recipe, replayId } from "./replay-id.js";
