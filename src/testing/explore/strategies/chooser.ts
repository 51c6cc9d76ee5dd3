/** Something that could happen next. */
export interface Option {
  /** Who would go on: a task, a thread, the clock. Strategies give priorities by it. */
  readonly who: string;
  /** What it would do, for people. */
  readonly what: string;
}

/**
 * Decides what happens next, in one run of a program.
 *
 * It knows nothing of promises, threads or memory: whoever can hold back what could happen next, and lets
 * one thing at a time go on, can be explored by it.
 */
export interface Chooser {
  /** The index of the option that goes on. It is asked at every step, also if there is one option only. */
  choose(options: readonly Option[]): number;
}

/** Decides which runs to make: a chooser for each. */
export interface Strategy {
  /** The chooser of the next run, which may learn from those before; undefined when there is no more to try. */
  next(): Chooser | undefined;
}

/** The clock as somebody who could go on: time passes though something else could happen. */
export const CLOCK = "the clock";

/** How long one may go on while others could, before it has to give way: or a loop that polls would run for ever. */
const LONGEST_TURN = 50;

/**
 * First come, first served, as far as possible without changing who runs: the schedule that every other
 * one is described by, as what it does differently.
 */
export class Steady {
  #who: string | undefined;
  #turn = 0;

  /** The index that would be next without any interference. */
  usual(options: readonly Option[]): number {
    const mine = this.#mayGoOn ? options.findIndex(({ who }) => who === this.#who) : -1;
    if (mine >= 0) return mine;
    const other = options.findIndex(({ who }) => who !== this.#who && who !== CLOCK);
    return Math.max(0, other);
  }

  /** Would this choice take the turn from somebody who could go on, and need not give way? */
  preempts(options: readonly Option[], index: number): boolean {
    const next = options[index]?.who;
    if (next === this.#who || !this.#mayGoOn) return false;
    // Time that passes though somebody could go on is an interference, whoever was there before.
    return options.some(({ who }) => who === this.#who || (next === CLOCK && who !== CLOCK));
  }

  /** Has whoever this option belongs to gone on for so long that it is time for the others? */
  hasToGiveWay(options: readonly Option[], index: number): boolean {
    return !this.#mayGoOn && options[index]?.who === this.#who;
  }

  /** Notes what was chosen. */
  chosen(options: readonly Option[], index: number): void {
    const { who } = options[index] as Option;
    this.#turn = who === this.#who && options.length > 1 ? this.#turn + 1 : 0;
    this.#who = who === CLOCK ? undefined : who; // time has no turn that it could keep
  }

  get #mayGoOn(): boolean {
    return this.#turn < LONGEST_TURN;
  }
}
