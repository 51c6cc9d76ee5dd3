/**
 * What is wrong with a run:
 *
 * - `failure`: the program rejected, e.g. by an assertion.
 * - `deadlock`: tasks wait for each other in a circle.
 * - `lost wake-up`: tasks wait, and nobody is left who could wake them.
 * - `livelock`: it goes on and on, past `maxSteps`.
 * - `leak`: it has ended, and something of it still runs, waits, is held or is set.
 * - `unhandled rejection`: a promise was rejected and nobody looked.
 * - `different results`: its value depends on the schedule, in `explore.sameResult`.
 * - `not linearizable`: what operations gave fits no order in which they could have run one by one.
 * - `outside`: it uses what no seed can repeat: real I/O, a real timer, the clock, chance.
 */
export type FindingKind =
  | "failure"
  | "deadlock"
  | "lost wake-up"
  | "livelock"
  | "leak"
  | "unhandled rejection"
  | "different results"
  | "not linearizable"
  | "outside";

export interface Finding {
  readonly kind: FindingKind;
  /** What happened, in lines. */
  readonly lines: readonly string[];
  /** What was thrown, if something was. */
  readonly error?: unknown;
}
