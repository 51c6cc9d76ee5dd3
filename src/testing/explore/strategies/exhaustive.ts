import { ConcurrencyError } from "../../../core/index.js";
import { type Chooser, type Option, Steady } from "./chooser.js";
import type { Strategy } from "./chooser.js";

/** A step of the run at hand at which there was something to choose. */
interface Fork {
  readonly options: number;
  /** The option that would be next without interference; it is tried first. */
  readonly usual: number;
  /** How many of the options have been tried. */
  tried: number;
  /** Preemptions on the way here. */
  readonly spent: number;
  /** Which options would be a preemption. */
  readonly preempting: readonly boolean[];
}

/**
 * Tries every schedule, depth first: each run repeats the one before up to its last fork that has an option
 * left, and takes that.
 *
 * With `preemptions` only those in which the turn is taken at most so often from somebody who could go on:
 * most bugs need two or fewer (Musuvathi and Qadeer: "Iterative Context Bounding for Systematic Testing of
 * Multithreaded Programs", PLDI 2007).
 */
export class Exhaustive implements Strategy {
  readonly #preemptions: number;
  #path: Fork[] = [];
  #begun = false;

  constructor(preemptions: number) {
    this.#preemptions = preemptions;
  }

  next(): Chooser | undefined {
    if (this.#begun && !this.#advance()) return undefined;
    this.#begun = true;
    return new Walk(this.#path, this.#preemptions);
  }

  /** Drops the forks at the end that have nothing left, and takes the next option of the last one that has. */
  #advance(): boolean {
    for (;;) {
      const last = this.#path.at(-1);
      if (last === undefined) return false;
      last.tried += 1;
      while (last.tried < last.options && !allowed(last, this.#preemptions)) last.tried += 1;
      if (last.tried < last.options) return true;
      this.#path.pop();
    }
  }
}

/** The options in the order in which they are tried: the usual one, and then the others as they came. */
function optionAt({ tried, usual }: Fork): number {
  if (tried === 0) return usual;
  return tried <= usual ? tried - 1 : tried;
}

function allowed(fork: Fork, preemptions: number): boolean {
  return fork.spent + Number(fork.preempting[optionAt(fork)] === true) <= preemptions;
}

/** One run: along the path, and then as usual, noting the forks. */
class Walk implements Chooser {
  readonly #path: Fork[];
  readonly #preemptions: number;
  readonly #steady = new Steady();
  #at = 0;
  #spent = 0;

  constructor(path: Fork[], preemptions: number) {
    this.#path = path;
    this.#preemptions = preemptions;
  }

  choose(options: readonly Option[]): number {
    const index = options.length === 1 ? 0 : this.#fork(options);
    this.#spent += Number(this.#steady.preempts(options, index));
    this.#steady.chosen(options, index);
    return index;
  }

  #fork(options: readonly Option[]): number {
    let fork = this.#path[this.#at];
    if (fork === undefined) {
      fork = this.#note(options);
      this.#path.push(fork);
    }
    if (fork.options !== options.length) {
      throw new ConcurrencyError(
        "NOT_DETERMINISTIC",
        `the same schedule gave ${options.length} options where it gave ${fork.options} before`,
      );
    }
    this.#at += 1;
    return optionAt(fork);
  }

  #note(options: readonly Option[]): Fork {
    return {
      options: options.length,
      usual: this.#steady.usual(options),
      tried: 0,
      spent: this.#spent,
      preempting:
        this.#preemptions === Infinity
          ? []
          : options.map((_, index) => this.#steady.preempts(options, index)),
    };
  }
}
