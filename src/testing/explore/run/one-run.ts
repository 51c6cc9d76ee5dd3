import { installHost, listen, messageOf, realHost } from "../../../core/index.js";
import { type Chooser, Steady } from "../strategies/index.js";
import { hearAwaits } from "./await-hooks.js";
import { ExploreHost } from "./explore-host.js";
import type { Finding } from "./finding.js";
import { Fingerprint } from "./fingerprint.js";
import { leftOver, stuck } from "./stuck.js";
import { watchOutside } from "./outside.js";

/** A step that was made. */
export interface Step {
  readonly who: string;
  readonly what: string;
  /** True if somebody else would have gone on without interference. */
  readonly interferes: boolean;
}

export interface RunOptions {
  readonly seed: number;
  readonly chooser: Chooser;
  readonly maxSteps: number;
  readonly outside: "refuse" | "virtual";
  /** Notes the steps, and where in the program they come from. */
  readonly traced?: boolean;
}

export interface RunOutcome {
  readonly finding: Finding | undefined;
  readonly value: unknown;
  readonly length: number;
  /** The same for runs that did the same. */
  readonly fingerprint: number;
  /** If it was traced. */
  readonly steps: readonly Step[];
}

export type Program<T> = () => T | PromiseLike<T>;

/** Runs a program once, one step at a time, as the chooser says. */
export async function runOnce<T>(program: Program<T>, options: RunOptions): Promise<RunOutcome> {
  const run = new Run(options);
  const host = installHost(run.host);
  const heard = listen(run.host);
  const awaits = hearAwaits(run.host);
  const outside = watchOutside(run.host, options, (finding) => run.found(finding));
  try {
    return await run.make(program);
  } finally {
    outside[Symbol.dispose]();
    awaits[Symbol.dispose]();
    heard[Symbol.dispose]();
    host[Symbol.dispose]();
  }
}

class Run {
  readonly host: ExploreHost;
  readonly #options: RunOptions;
  readonly #steps: Step[] = [];
  readonly #fingerprint = new Fingerprint();
  readonly #steady = new Steady();
  #length = 0;
  #finding: Finding | undefined;
  /** The program has settled; what it has left lying about may still come to its end. */
  #over = false;
  #value: unknown;

  constructor(options: RunOptions) {
    this.#options = options;
    this.host = new ExploreHost(options.seed, options.traced ?? false);
  }

  /** The first finding counts: what comes after may be its consequence. */
  found(finding: Finding): void {
    this.#finding ??= finding;
  }

  async make<T>(program: Program<T>): Promise<RunOutcome> {
    this.#start(program);
    do await everyMicrotask();
    while (this.#finding === undefined && this.#step());
    this.#finding ??= leftOver(this.host);
    for (const check of this.host.checks) this.#finding ??= check();
    return {
      finding: this.#finding,
      value: this.#value,
      length: this.#length,
      fingerprint: this.#fingerprint.value,
      steps: this.#steps,
    };
  }

  #start<T>(program: Program<T>): void {
    const main = this.host.strands.within(this.host.strands.main, async () => program());
    main.then(
      (value) => {
        this.#value = value;
        this.#over = true;
      },
      (error: unknown) => this.found({ kind: "failure", lines: [messageOf(error)], error }),
    );
  }

  /** Makes the next step; false if the run has come to its end. */
  #step(): boolean {
    const { agenda, strands } = this.host;
    const options = agenda.options(this.#over);
    if (options.length === 0) {
      if (!this.#over) this.found(stuck(this.host));
      return false;
    }
    if (this.#length === this.#options.maxSteps) {
      this.found(this.#endless());
      return false;
    }
    const index = this.#options.chooser.choose(options);
    const entry = options[index];
    if (entry === undefined) throw new RangeError(`a chooser chose ${index} of ${options.length}`);
    this.#length += 1;
    this.#fingerprint.add(entry.who);
    this.#fingerprint.add(entry.what);
    if (this.#options.traced) {
      const interferes = this.#steady.preempts(options, index);
      this.#steps.push({ who: entry.strand.name, what: entry.what, interferes });
      this.#steady.chosen(options, index);
    }
    agenda.take(entry);
    try {
      strands.within(entry.strand, () => entry.run());
    } catch (error) {
      this.found({ kind: "failure", lines: [messageOf(error)], error });
    }
    return true;
  }

  #endless(): Finding {
    const { maxSteps } = this.#options;
    return {
      kind: "livelock",
      lines: [`it has not ended after ${maxSteps} steps; if it needs more, raise maxSteps`],
    };
  }
}

// A real turn begins when all microtasks have run: nothing but the next step can make anything happen then.
function everyMicrotask(): Promise<void> {
  return new Promise((resolve) => realHost.soon(resolve));
}
