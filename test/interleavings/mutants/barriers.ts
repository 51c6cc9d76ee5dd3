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
  mutant(
    "barrier: a reset of who waits",
    "shared-barrier",
    "resets in silence",
    "    this.#word.reset();\n    this.#arrivals.wake();",
    "    this.#word.reset();",
  ),
  mutant(
    "barrier: two rounds",
    "shared-barrier",
    "looks, and then at what to sleep on",
    "      const value = this.#arrivals.value;\n      if (!this.#word.isOpen(arrival)) return this.#pass(arrival);\n      if (this",
    "      if (!this.#word.isOpen(arrival)) return this.#pass(arrival);\n      const value = this.#arrivals.value;\n      if (this",
  ),
  mutant(
    "barrier: one awaits",
    "shared-barrier",
    "looks, and then at what to await",
    "        const value = this.#arrivals.value;\n        if (!this.#word.isOpen(arrival)) return this.#pass(arrival);\n        await",
    "        if (!this.#word.isOpen(arrival)) return this.#pass(arrival);\n        const value = this.#arrivals.value;\n        await",
  ),
  mutant(
    "death: of a party",
    "shared-barrier",
    "a round that the dead completed",
    "    this.#arrivals.wake(); // also",
    "    // also",
  ),
];
