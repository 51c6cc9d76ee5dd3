/** What became of one permit. */
export interface LimitSample {
  /** From the grant to the release. */
  readonly latencyMs: number;
  /** How many held a permit when this one was granted, this one included. */
  readonly running: number;
  /** The holder was turned away further down, or ran out of time: the limit is too high. */
  readonly overloaded: boolean;
}

/**
 * How a limit follows the load. A rule may remember what it saw, so each limiter has one of its own; the
 * limiter keeps the result between its `min` and `max`.
 */
export interface LimitRule {
  /** The limit that is right after `sample`; a fraction counts when it has added up to one. */
  update(limit: number, sample: LimitSample): number;
}
