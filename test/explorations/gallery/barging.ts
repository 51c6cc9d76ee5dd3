import { expect } from "vitest";
import { AsyncEvent, Lock, withTaskGroup } from "../../../src/index.js";
import { step } from "../../../src/testing/index.js";
import type { Bug } from "./bug.js";

/** Wakes the oldest, who then has to try again: a newcomer may be faster, and the oldest starves. */
class BargingLock {
  #held = false;
  readonly #waiting: AsyncEvent[] = [];

  async run(body: () => Promise<void>): Promise<void> {
    while (this.#held) {
      const turn = new AsyncEvent({ name: "turn" });
      this.#waiting.push(turn);
      await turn.wait();
    }
    this.#held = true;
    await body();
    this.#held = false;
    this.#waiting.shift()?.set();
  }
}

export const barging: Bug = {
  name: "barging",
  kind: "failure",
  seeds: { random: 30, pct: 2_000 },
  steps: 9,
  program: (fixed) => async () => {
    const lock = fixed ? new Lock() : new BargingLock();
    const asked: string[] = [];
    const served: string[] = [];
    const work = (name: string) => async () => {
      await step("come");
      asked.push(name);
      await lock.run(async () => {
        served.push(name);
        await step("work");
      });
    };
    await withTaskGroup((group) => {
      for (const name of ["A", "B", "C"]) group.spawn(work(name), { name });
    });
    expect(served).toEqual(asked);
  },
  fixed: { strategy: "exhaustive", preemptions: 2 },
};
