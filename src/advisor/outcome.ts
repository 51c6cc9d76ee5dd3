import { isThenable } from "../executor/worker/is-thenable.js";

/** True of a promise, and of what an async generator gives: the call may not have ended yet. */
export function mayWait(outcome: unknown): boolean {
  return isStream(outcome) || isThenable(outcome);
}

/** True of what an async generator gives. */
export function isStream(outcome: unknown): outcome is AsyncIterable<unknown> {
  return typeof outcome === "object" && outcome !== null && Symbol.asyncIterator in outcome;
}

/** All that it gives. */
export async function allOf(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const each of stream) all.push(each);
  return all;
}
