import { DONE, gate, nextSlice, scopeOf, sliceMs, type Wait } from "../core/index.js";

/** How long synchronous stretches may add up to before a checkpoint gives the loop back. */
const SLICE_MS = 5;

const CHECKPOINT = { name: "checkpoint" };

/**
 * Lets timers and I/O run if this turn's time slice (5 ms, shared by all tasks) is spent, and costs next
 * to nothing otherwise. Put it into loops that compute.
 *
 * Cancellation: in a cancelled scope it rejects, so such a loop can be cancelled.
 *
 * @example
 * let sum = 0;
 * for (let i = 0; i < 1_000_000; i += 1) {
 *   sum += i;
 *   if (i % 1_000 === 0) await checkpoint();
 * }
 */
export function checkpoint(options?: Wait): Promise<void> {
  const scope = scopeOf(options);
  if (scope?.cancelled) return Promise.reject(scope.reason);
  return sliceMs() < SLICE_MS ? gate(DONE, CHECKPOINT) : nextSlice(scope);
}
