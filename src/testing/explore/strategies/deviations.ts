import { type Chooser, type Option, Steady } from "./chooser.js";

/** A step at which a schedule does something else than {@link Steady} would. */
export interface Deviation {
  /** The number of the step, among those at which there was something to choose. */
  readonly at: number;
  /** The option that is taken, from 0. */
  readonly option: number;
}

/** Keeps to the usual schedule but for given deviations; one that doesn't fit is passed over. */
export class DeviatingChooser implements Chooser {
  readonly #deviations: ReadonlyMap<number, number>;
  readonly #steady = new Steady();
  #fork = 0;

  constructor(deviations: readonly Deviation[]) {
    this.#deviations = new Map(deviations.map(({ at, option }) => [at, option]));
  }

  choose(options: readonly Option[]): number {
    const usual = this.#steady.usual(options);
    let index = usual;
    if (options.length > 1) {
      index = this.#deviations.get(this.#fork) ?? usual;
      if (index >= options.length) index = usual;
      this.#fork += 1;
    }
    this.#steady.chosen(options, index);
    return index;
  }
}

/** Asks another chooser, and notes what that does differently from the usual. */
export class NotingChooser implements Chooser {
  readonly deviations: Deviation[] = [];
  readonly #chooser: Chooser;
  readonly #steady = new Steady();
  #fork = 0;

  constructor(chooser: Chooser) {
    this.#chooser = chooser;
  }

  choose(options: readonly Option[]): number {
    const option = this.#chooser.choose(options);
    if (options.length > 1) {
      if (option !== this.#steady.usual(options)) this.deviations.push({ at: this.#fork, option });
      this.#fork += 1;
    }
    this.#steady.chosen(options, option);
    return option;
  }
}
