import type { Chooser } from "./strategies/index.js";
import { Exhaustive, PctChooser, RandomChooser } from "./strategies/index.js";
import type { Plan } from "./options.js";

/** One schedule to try. */
export interface Attempt {
  /** Of the program's own chance. */
  readonly seed: number;
  readonly chooser: Chooser;
}

/** The schedules that a plan asks for; `lengthSoFar` is that of the longest run until then. */
export function* attempts(plan: Plan, lengthSoFar: () => number): Generator<Attempt> {
  if (plan.strategy === "exhaustive") {
    const every = new Exhaustive(plan.preemptions);
    const [seed = 0] = plan.seeds;
    for (let chooser = every.next(); chooser !== undefined; chooser = every.next()) {
      yield { seed, chooser };
    }
    return;
  }
  for (const seed of plan.seeds) {
    const chooser =
      plan.strategy === "pct"
        ? new PctChooser(seed, plan.preemptions, lengthSoFar())
        : new RandomChooser(seed);
    yield { seed, chooser };
  }
}
