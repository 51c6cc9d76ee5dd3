import { type Mutations, of } from "./mutation.js";

export const inLimits: Mutations = {
  RateLimiter: of(
    "limit/rate-limiter.ts",
    [
      "a waiter that goes through uses nothing up",
      "this.#waiters.wakeOne()) this.#take();",
      "this.#waiters.wakeOne());",
    ],
    ["a newcomer overtakes", "if (this.#waiters.size > 0 || this.#waitMs()", "if (this.#waitMs()"],
    [
      "no timer is set for the next one",
      "if (this.#waiters.size > 0) this.#timer = host",
      "if (this.#waiters.size > 99) this.#timer = host",
    ],
    ["the timer is left when the last waiter goes", ", () => this.#stopIfIdle());", ");"],
    [
      "saves up without end",
      "Math.max(this.#fullAtMs, host.nowMs()) + this",
      "this.#fullAtMs + this",
    ],
    [
      "counts its burst one too high",
      "(this.#burst - 1) * this.#intervalMs - host",
      "this.#burst * this.#intervalMs - host",
    ],
  ),
  AdaptiveLimiter: [
    ...of(
      "limit/adaptive-limiter.ts",
      ["a second release counts again", "if (!held) return;", ""],
      ["a release does not hand over", "this.#grant(); // also if", "// also if"],
      [
        "lets in one more than its limit",
        "|| this.#running >= this.limit)",
        "|| this.#running > this.limit)",
      ],
      [
        "a limit that has grown lets in one only",
        "while (!this.#line.empty && this.#running < this.limit)",
        "if (!this.#line.empty && this.#running < this.limit)",
      ],
    ),
    ...of(
      "limit/shedding-line.ts",
      [
        "the timer is left when the last waiter goes",
        "if (this.#timer !== undefined) host.stopTimer(this.#timer);",
        "",
      ],
      [
        "the oldest goes first under overload",
        "this.overloaded ? this.#waiters.wakeNewest(value) : this.#waiters.wakeOne(value)",
        "this.#waiters.wakeOne(value)",
      ],
      [
        "nobody is turned away when the time comes",
        "this.#timer ??= host.startTimer(this.#onTimer, leftMs);",
        "",
      ],
      ["forgets to look at the line when a waiter leaves", ", () => this.#settle());", ");"],
    ),
  ],
  KeyedLimiter: of(
    "limit/keyed-limiter.ts",
    [
      "forgets the limit of the key",
      "if (lane !== undefined && lane.running >= this.#limitPerKey) return undefined;",
      "",
    ],
    ["forgets the common limit", "if (this.#running >= this.#limit) return undefined;", ""],
    [
      "a release does not hand over",
      "this.#review(lane);\n      this.#grant();",
      "this.#review(lane);",
    ],
    ["a second release counts again", "if (!held) return;", ""],
    [
      "a key stays when nobody needs it",
      "if (idle && this.#lanes.get(lane.key) === lane) this.#lanes.delete(lane.key);",
      "void idle;",
    ],
    [
      "the first key in the round stays the first",
      "this.#ready.delete(lane); // to the end of the round, if it is ready still",
      "",
    ],
  ),
};
