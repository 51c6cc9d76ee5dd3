/**
 * A command as data: its flags, its help and its completion come from one table.
 *
 * @module
 */
export type { Arguments, Command, Flag } from "./command.js";
export { helpOf, overviewOf } from "./help.js";
export { parseArguments } from "./parse.js";
export { choiceOf, countOf, durationOf, integerOf, rateOf } from "./values.js";
