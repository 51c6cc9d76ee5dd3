import { allLeaves } from "./errors.js";
import type { Scope } from "./scope.js";

/**
 * Did whatever ran in `scope` reject only because the scope was cancelled?
 *
 * Yes, if the scope is cancelled and `error` is its reason, or is named `AbortError` (what the platform
 * makes of a reason), or is an aggregate of only such. An `AbortError` out of nowhere is an error; so is
 * an error that merely has the reason as its `cause`.
 */
export function onlyCancelled(error: unknown, scope: Pick<Scope, "cancelled" | "reason">): boolean {
  if (!scope.cancelled) return false;
  const { reason } = scope;
  return allLeaves(error, (leaf) => Object.is(leaf, reason) || isAbortError(leaf));
}

function isAbortError(error: unknown): boolean {
  try {
    return typeof error === "object" && error !== null && (error as Error).name === "AbortError";
  } catch {
    return false; // a getter that throws is nobody's AbortError
  }
}
