import { mutant, type Seeded } from "./mutant.js";

export const semaphores: readonly Seeded[] = [
  mutant(
    "death: of a permit's holder",
    "shared-semaphore",
    "a return that died",
    "    this.#holders.strike(dead);\n    this.#tellOfReturn();",
    "    if (this.#holders.strike(dead)) this.#tellOfReturn();",
  ),
  mutant(
    "death: of a permit's holder",
    "shared-semaphore",
    "permits of the dead",
    "    this.#holders.strike(dead);\n",
    "",
  ),
  mutant(
    "semaphore: light and heavy",
    "shared-semaphore",
    "returns are not counted",
    "add(this.words, RETURNS, 1);",
    "",
  ),
  mutant(
    "semaphore: light and heavy",
    "shared-semaphore",
    "returns wake nobody",
    "    this.#returns.wake();\n",
    "",
  ),
  mutant(
    "semaphore: light and heavy",
    "shared-semaphore",
    "looks, and then counts",
    "        const returns = this.#returns.value;\n        const permit = this.#takeNow(weight);\n        if (permit !== undefined) return permit;\n        if (!this",
    "        const permit = this.#takeNow(weight);\n        const returns = this.#returns.value;\n        if (permit !== undefined) return permit;\n        if (!this",
  ),
  mutant(
    "semaphore: awaited",
    "shared-semaphore",
    "looks, and then counts, awaiting",
    "        const returns = this.#returns.value;\n        const permit = this.#takeNow(weight);\n        if (permit !== undefined) return permit;\n        await",
    "        const permit = this.#takeNow(weight);\n        const returns = this.#returns.value;\n        if (permit !== undefined) return permit;\n        await",
  ),
];
