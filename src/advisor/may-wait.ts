import { isThenable } from "../executor/worker/is-thenable.js";

/** True of a promise, and of what an async generator gives: the call may not have ended yet. */
export function mayWait(outcome: unknown): boolean {
  if (typeof outcome !== "object" || outcome === null) return false;
  return Symbol.asyncIterator in outcome || isThenable(outcome);
}
