import { mutant, type Seeded } from "./mutant.js";

const LOCK = "lock: three block";
const FAIR = "lock, fair: three block";

export const locks: readonly Seeded[] = [
  mutant(LOCK, "lock-word", "who was woken forgets the others", "(woken ? WAITERS : 0)", "0"),
  mutant(
    LOCK,
    "lock-word",
    "gives up and wakes nobody",
    "!== 0) wake(words, this.#at, 1);",
    "!== 0) return;",
  ),
  mutant(
    LOCK,
    "lock-word",
    "sleeps unannounced",
    "const announced = seen | WAITERS;",
    "const announced = seen;",
  ),
  mutant(
    LOCK,
    "lock-word",
    "takes what is held",
    "(seen & THREAD_BITS) === 0 && (woken",
    "true && (woken",
  ),
  mutant(
    LOCK,
    "lock-core",
    "forgets that it was woken",
    'woken = slept === "ok" || deaf;',
    "woken = false;",
  ),
  mutant(
    FAIR,
    "lock-word",
    "a hand-over to nobody stays",
    "if (wake(this.#words, this.#at, 1) === 0)",
    "if (wake(this.#words, this.#at, 1) < 0)",
  ),
  mutant(
    FAIR,
    "lock-word",
    "a hand-over is taken back in silence",
    "      wake(words, this.#at, 1);\n      return;",
    "      return;",
  ),
  mutant(
    "lock, fair: aborts",
    "lock-word",
    "a hand-over is passed on to nobody",
    "if (wake(this.#words, this.#at, 1) === 0)",
    "if (wake(this.#words, this.#at, 1) < 0)",
  ),
  mutant(
    "lock: one of two leaves",
    "async-line",
    "sleeps beside a change",
    "if (!slept.async) continue;",
    "if (!slept.async) return;",
  ),
  mutant(
    "lock: aborts",
    "async-line",
    "a wake-up for one who left is kept",
    "if (woken) this.#serving.passOn();",
    "",
  ),
  mutant(
    "lock: blocks beside its own",
    "lock-core",
    "deaf for its own wake-up",
    "const deaf = this.#line.asleep;",
    "const deaf = false;",
  ),
  mutant(
    "death: of a lock's holder",
    "lock-word",
    "the dead keep what they had",
    "owned ? POISON : seen & POISON",
    "seen",
  ),
  mutant(
    "death: of a lock's holder",
    "lock-word",
    "a death without poison",
    "owned ? POISON : seen & POISON",
    "0",
  ),
  mutant(
    "death: of one who awaits",
    "lock-word",
    "a death that wakes nobody",
    "    wake(words, this.#at, Infinity);\n",
    "",
  ),
  mutant(
    "death: before a fair lock is taken",
    "lock-word",
    "handed over to the dead",
    "if (!owned && (seen & HAND_OVER) === 0) break;",
    "if (!owned) break;",
  ),
];
