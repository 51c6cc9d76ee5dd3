import { chanceOf } from "./chance.js";
import type { Chooser, Option } from "./chooser.js";

/** Chooses evenly among all that could happen: what it finds depends on the seed only. */
export class RandomChooser implements Chooser {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = chanceOf(seed);
  }

  choose(options: readonly Option[]): number {
    return options.length === 1 ? 0 : Math.floor(this.#random() * options.length);
  }
}
