import { chanceOf } from "./chance.js";
import { type Chooser, CLOCK, type Option, Steady } from "./chooser.js";

/**
 * Probabilistic concurrency testing: everybody has a random priority, the highest goes on, and at `changes`
 * random steps whoever runs falls behind all others.
 *
 * A bug that needs `changes + 1` ordered events among n tasks in k steps is found with a probability of at
 * least 1 / (n * k ** changes), whatever the program (Burckhardt, Kothari, Musuvathi, Nagarakatte: "A
 * Randomized Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010).
 */
export class PctChooser implements Chooser {
  readonly #random: () => number;
  readonly #priorities = new Map<string, number>();
  readonly #changeAt = new Set<number>();
  readonly #steady = new Steady();
  #lowest = 0;
  #step = 0;

  /** `length` is how many steps the run will take, about. */
  constructor(seed: number, changes: number, length: number) {
    this.#random = chanceOf(seed);
    for (let i = 0; i < changes; i += 1) {
      this.#changeAt.add(Math.floor(this.#random() * Math.max(1, length)));
    }
  }

  choose(options: readonly Option[]): number {
    let best = this.#best(options);
    if (this.#changeAt.has(this.#step) || this.#steady.hasToGiveWay(options, best)) {
      this.#fallBehind(options[best] as Option);
      best = this.#best(options);
    }
    this.#step += 1;
    this.#steady.chosen(options, best);
    // Or time would run while all the others wait for their turn, for as long as there are timers.
    if (options[best]?.who === CLOCK) this.#fallBehind(options[best] as Option);
    return best;
  }

  #best(options: readonly Option[]): number {
    let best = 0;
    for (let i = 1; i < options.length; i += 1) {
      if (this.#priorityOf(options[i]) > this.#priorityOf(options[best])) best = i;
    }
    return best;
  }

  #priorityOf(option: Option | undefined): number {
    const { who } = option as Option;
    let priority = this.#priorities.get(who);
    if (priority === undefined) this.#priorities.set(who, (priority = this.#random()));
    return priority;
  }

  #fallBehind({ who }: Option): void {
    this.#lowest -= 1;
    this.#priorities.set(who, this.#lowest);
  }
}
