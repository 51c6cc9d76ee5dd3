import { mutant, type Seeded } from "./mutant.js";

export const rwLocks: readonly Seeded[] = [
  mutant(
    "rw-lock: readers and a writer",
    "shared-rw-lock",
    "reads without a look",
    "if (this.#writers.word.free) return true;",
    "return true;",
  ),
  mutant(
    "rw-lock: readers and a writer",
    "shared-rw-lock",
    "leaves in silence",
    "if (!this.#writers.word.free) this.#tellWriter();",
    "",
  ),
  mutant(
    "rw-lock: readers and a writer",
    "shared-rw-lock",
    "tells, and then leaves",
    "    this.#readers.leave();\n",
    "    if (!this.#writers.word.free) this.#tellWriter();\n    this.#readers.leave();\n    return;\n",
  ),
  mutant(
    "rw-lock: readers and a writer",
    "shared-rw-lock",
    "looks, and then counts",
    "      const leavings = this.#leavings.value;\n      if (this.#readers.empty) return new AccessGuard(this, true);\n      if (this",
    "      if (this.#readers.empty) return new AccessGuard(this, true);\n      const leavings = this.#leavings.value;\n      if (this",
  ),
  mutant(
    "death: of a reader or writer",
    "shared-rw-lock",
    "a reader that left and died",
    "    this.#readers.strike(dead);\n    this.#tellWriter();",
    "    if (this.#readers.strike(dead)) this.#tellWriter();",
  ),
  mutant(
    "rw-lock: readers and a writer",
    "shared-rw-lock",
    "leavings are not counted",
    "    add(this.words, LEAVINGS, 1);\n",
    "",
  ),
  mutant(
    "rw-lock: readers and a writer",
    "shared-rw-lock",
    "leavings wake nobody",
    "    this.#leavings.wake();\n",
    "",
  ),
  mutant(
    "rw-lock: awaited",
    "shared-rw-lock",
    "looks, and then counts, awaiting",
    "        const leavings = this.#leavings.value;\n        if (this.#readers.empty) return new AccessGuard(this, true);\n        await",
    "        if (this.#readers.empty) return new AccessGuard(this, true);\n        const leavings = this.#leavings.value;\n        await",
  ),
  mutant(
    "rw-lock: two writers",
    "shared-rw-lock",
    "lets the writer in, and then joins",
    "    try {\n      if (this.#reading === 0) this.#readers.join();\n      this.#reading += 1;\n    } finally {\n      this.#writers.give();\n    }",
    "    this.#writers.give();\n    if (this.#reading === 0) this.#readers.join();\n    this.#reading += 1;",
  ),
  mutant(
    "death: of a reader or writer",
    "shared-rw-lock",
    "reads for ever",
    "    this.#readers.strike(dead);\n",
    "",
  ),
];
