import { mutant, type Seeded } from "./mutant.js";

export const barriers: readonly Seeded[] = [
  mutant(
    "barrier: two rounds",
    "shared-barrier",
    "the last one wakes nobody",
    "if (arrival.place === this.parties - 1) this.#arrivals.wake();",
    "",
  ),
  mutant(
    "barrier: one leaves and comes again",
    "barrier-word",
    "leaves a round that is over",
    "if (roundOf(seen) !== arrival.round || (seen & BROKEN) !== 0) return false;",
    "",
  ),
  mutant(
    "death: of a party",
    "shared-barrier",
    "waits for the dead",
    "if (this.#threads.strike(dead) && violently) this.#word.break();",
    "",
  ),
];
