import { DONE, gate, type Host, host, scopeOf, type Wait } from "../core/index.js";

/** How long synchronous stretches may add up to before a checkpoint gives the loop back. */
const SLICE_MS = 5;

const CHECKPOINT = { name: "checkpoint" };

/** The slice of this turn: one for all tasks, because they share one event loop. */
let slice: { host: Host; endMs: number } = { host, endMs: -Infinity };

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
  if (slice.host === host && host.nowMs() < slice.endMs) return gate(DONE, CHECKPOINT);
  return new Promise((resolve, reject) => {
    host.soon(() => {
      slice = { host, endMs: host.nowMs() + SLICE_MS };
      if (scope?.cancelled) reject(scope.reason);
      else resolve();
    });
  });
}
