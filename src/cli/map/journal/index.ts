/**
 * What makes a map survive its own death: which inputs' results stand in the output, written beside it.
 *
 * An entry is appended only when all that it tells of is on the disk. So the last entry that is whole tells
 * where the output is consistent: whatever stands behind is cut off, and made again.
 *
 * @module
 */
export type { Entry, FailedInput } from "./entry.js";
export { differences, type Identity } from "./identity.js";
export { Journal, journalOf } from "./journal.js";
export { hashOfFile, hashOfText } from "./hash.js";
export { moduleHash } from "./module-hash.js";
export { RangeSet } from "./range-set.js";
export { readJournal, type Standing } from "./standing.js";
export { Trail } from "./trail.js";
