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

/**
 * Calls `decide` once per round, a limit's worth of samples, with what they came to: what one of them saw is
 * the effect of a limit that was decided on a round before.
 */
export function byRounds(
  decide: (limit: number, round: Round) => number,
): (limit: number, sample: LimitSample) => number {
  let left = 0;
  let round: Round = { count: 0, sumMs: 0, lowestMs: Infinity, running: 0, overloaded: false };
  return (limit, sample) => {
    const latencyMs = Math.max(sample.latencyMs, 1e-3); // a clock may be coarse, and these are divided by
    left = round.count === 0 ? Math.floor(limit) : left;
    round = {
      count: round.count + 1,
      sumMs: round.sumMs + latencyMs,
      lowestMs: Math.min(round.lowestMs, latencyMs),
      running: Math.max(round.running, sample.running),
      overloaded: round.overloaded || sample.overloaded,
    };
    if ((left -= 1) > 0) return limit;
    const ended = round;
    round = { count: 0, sumMs: 0, lowestMs: Infinity, running: 0, overloaded: false };
    return decide(limit, ended);
  };
}

export interface Round {
  readonly count: number;
  readonly sumMs: number;
  readonly lowestMs: number;
  /** The most that ran at once. */
  readonly running: number;
  /** True if one of them was. */
  readonly overloaded: boolean;
}
