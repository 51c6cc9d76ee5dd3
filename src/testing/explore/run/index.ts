/**
 * One run of a program under a given schedule: a host that holds everybody back, and lets one go on at a time.
 *
 * @module
 */
export { ExploreHost } from "./explore-host.js";
export type { Finding, FindingKind } from "./finding.js";
export { Fingerprint } from "./fingerprint.js";
export { type Program, runOnce, type RunOutcome, type Step } from "./one-run.js";
