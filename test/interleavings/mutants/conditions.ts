import { mutant, type Seeded } from "./mutant.js";

export const conditions: readonly Seeded[] = [
  mutant(
    "condition: a late caller takes no notification",
    "parking",
    "a wake-up for others is used",
    "if (woken && this.#sleptOn !== this.#value) this.passOn();",
    "",
  ),
  mutant(
    "condition: two block",
    "shared-condition",
    "gives the lock up before it looks",
    "    const changes = this.#changes.value;\n    const turn = suspend(this.lock);\n    const woken",
    "    const turn = suspend(this.lock);\n    const changes = this.#changes.value;\n    const woken",
  ),
  mutant(
    "condition: two block",
    "shared-condition",
    "notifications are not counted",
    "add(this.words, STATE, 1);",
    "",
  ),
  mutant(
    "condition: one of two leaves",
    "shared-condition",
    "who left keeps the notification",
    "    this.notify();\n    scope.throwIfCancelled();",
    "    scope.throwIfCancelled();",
  ),
  mutant(
    "condition: two block",
    "shared-condition",
    "notifications wake nobody",
    "    this.#changes.wake(count);\n",
    "",
  ),
  mutant(
    "condition: one awaits",
    "shared-condition",
    "gives the lock up before it looks, awaiting",
    "    const changes = this.#changes.value; // before the lock is given up: who notifies comes after that\n    const turn = suspend(this.lock);",
    "    const turn = suspend(this.lock);\n    const changes = this.#changes.value;",
  ),
  mutant(
    "event",
    "shared-event",
    "sets, and wakes nobody",
    "=== UNSET) this.#flag.wake();",
    "=== UNSET) return;",
  ),
];
