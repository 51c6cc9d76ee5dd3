/** What one input and one output cost on their way to another thread and back. */
export interface Transfer {
  /** In this thread: to write the input and to read the output. */
  readonly hereMs: number;
  /** In the worker: to read the input and to write the output. */
  readonly thereMs: number;
  readonly inputBytes: number;
  readonly outputBytes: number;
  /** Why it can't travel, if it can't. */
  readonly refusal?: string;
}

/** What a function was measured to do, per call unless said otherwise. */
export interface Profile {
  readonly calls: number;
  readonly failed: number;
  /** Most calls at once while it was measured. */
  readonly limit: number;
  /** From call to outcome, with nothing else under way. */
  readonly wallMs: number;
  /** How long it holds the event loop. */
  readonly heldMs: number;
  /** How much of that a core computes; the rest is blocked. */
  readonly cpuMs: number;
  /** The longest that one call held the loop without a pause, as far as that was seen; of many calls one in a hundred is left out. */
  readonly longestHoldMs: number;
  /** Calls per second, on the loop, at `limit`. */
  readonly perSecond: number;
  /** How much of the time the loop was held, 0 to 1, at `limit`. */
  readonly loopShare: number;
  readonly transfer: Transfer;
}

/** Below this the loop is not what calls wait for: whatever else it is, workers wait for it too. */
const SATURATED = 0.85;

/** True if the loop is what calls wait for. */
export function isSaturated({ loopShare }: Profile): boolean {
  return loopShare >= SATURATED;
}

/** How much of a call holds the loop, 0 to 1. */
export function heldShare({ heldMs, wallMs }: Profile): number {
  return heldMs <= 0 ? 0 : heldMs / Math.max(heldMs, wallMs);
}
