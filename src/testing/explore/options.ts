import { requireInteger, requireThat } from "../../core/index.js";

export interface ExploreOptions {
  /**
   * How schedules are chosen:
   *
   * - `random`, the default: evenly among all that could happen next.
   * - `pct`: by random priorities, with a few random changes; finds what needs few changes in long programs.
   * - `exhaustive`: every schedule there is, for small programs.
   */
  readonly strategy?: "random" | "pct" | "exhaustive";
  /** How many seeds to try, from 0 on, or which; 100 by default. For `exhaustive` the first is that of chance. */
  readonly seeds?: number | readonly number[];
  /**
   * How often the turn may be taken from somebody who could go on: at most so often for `exhaustive`, where
   * all of them is the default; just so often for `pct`, 3 by default.
   */
  readonly preemptions?: number;
  /** A run that takes more steps is a livelock; 10,000 by default. */
  readonly maxSteps?: number;
  /** An exhaustive exploration that needs more schedules is refused; 50,000 by default. */
  readonly maxSchedules?: number;
  /**
   * What becomes of `Math.random`, `Date`, `setTimeout` and the like in the program: `refuse`, the default,
   * is a finding that names them; `virtual` gives them the virtual clock and the chance of the seed.
   */
  readonly outside?: "refuse" | "virtual";
}

/** Options that have been looked at, and completed. */
export interface Plan {
  readonly strategy: "random" | "pct" | "exhaustive";
  readonly seeds: readonly number[];
  readonly preemptions: number;
  readonly maxSteps: number;
  readonly maxSchedules: number;
  readonly outside: "refuse" | "virtual";
}

/** For long explorations by hand: so many times the seeds that the tests ask for. */
const TIMES = "WEFT_EXPLORE_TIMES";

export function planOf(options: ExploreOptions): Plan {
  requireThat(typeof options === "object" && options !== null, "options", "an object", options);
  const { strategy = "random", seeds = 100, maxSteps = 10_000, maxSchedules = 50_000 } = options;
  const { preemptions = strategy === "pct" ? 3 : Infinity, outside = "refuse" } = options;
  requireOneOf("strategy", strategy, ["random", "pct", "exhaustive"]);
  requireOneOf("outside", outside, ["refuse", "virtual"]);
  requireInteger("preemptions", preemptions, 0, strategy !== "pct");
  requireInteger("maxSteps", maxSteps, 1);
  requireInteger("maxSchedules", maxSchedules, 1, true);
  return { strategy, seeds: seedsOf(seeds), preemptions, maxSteps, maxSchedules, outside };
}

function seedsOf(seeds: number | readonly number[]): readonly number[] {
  if (typeof seeds === "number") {
    requireInteger("seeds", seeds, 1);
    const times = Number(process.env[TIMES] ?? 1);
    requireInteger(TIMES, times, 1);
    return Array.from({ length: seeds * times }, (_, seed) => seed);
  }
  requireThat(Array.isArray(seeds) && seeds.length > 0, "seeds", "a number or a list", seeds);
  for (const seed of seeds) requireInteger("seeds", seed, 0);
  return seeds;
}

function requireOneOf(name: string, value: string, allowed: readonly string[]): void {
  const known = allowed.map((word) => JSON.stringify(word)).join(", ");
  requireThat(allowed.includes(value), name, `one of ${known}`, value);
}
