import { ConcurrencyError } from "../../core/index.js";
import { attempts } from "./attempts.js";
import { ExplorationError, NO_STEPS } from "./exploration-error.js";
import type { Plan } from "./options.js";
import { type Finding, Fingerprint, type Program, runOnce, type RunOutcome } from "./run/index.js";
import { shrink } from "./shrink.js";
import { type Chooser, DeviatingChooser } from "./strategies/index.js";
import { NotingChooser, type Recipe, replayId } from "./strategies/index.js";
import { table } from "./table.js";

/** What an exploration that found nothing has done. */
export interface Exploration {
  readonly schedules: number;
  readonly steps: number;
  /** A number for all that happened: the same wherever the same seeds are explored. */
  readonly fingerprint: number;
}

/** Says what is wrong with a run that ended well by itself. */
export type Judge = (outcome: RunOutcome) => Finding | undefined;

interface Tried {
  readonly outcome: RunOutcome;
  readonly finding: Finding | undefined;
  readonly recipe: Recipe;
}

/** What an exploration needs beside its program. */
export interface Setting {
  readonly plan: Plan;
  /** The frames of its caller. */
  readonly calledAt: string;
  readonly judge?: Judge;
}

/** One exploration of one program. */
export class Exploring<T> {
  readonly #program: Program<T>;
  readonly #plan: Plan;
  readonly #judge: Judge;
  readonly #calledAt: string;
  readonly #fingerprint = new Fingerprint();
  #schedules = 0;
  #steps = 0;
  #longest = 0;

  constructor(program: Program<T>, { plan, calledAt, judge = () => undefined }: Setting) {
    this.#program = program;
    this.#plan = plan;
    this.#judge = judge;
    this.#calledAt = calledAt;
  }

  /** Tries schedule after schedule, and throws for the first that goes wrong. */
  async explore(): Promise<Exploration> {
    await this.#tryTwice();
    if (this.#plan.strategy === "exhaustive") this.#schedules = 0; // the one that was watched comes again
    for (const { seed, chooser } of attempts(this.#plan, () => this.#longest)) {
      if (this.#schedules >= this.#plan.maxSchedules) throw this.#tooMany();
      await this.#count(await this.#try(seed, chooser));
    }
    // A test that can't fail would be believed.
    if (this.#steps === 0) throw new RangeError(`there is nothing to explore: ${NO_STEPS}`);
    return {
      schedules: this.#schedules,
      steps: this.#steps,
      fingerprint: this.#fingerprint.value,
    };
  }

  /** Makes one run, and throws if it goes wrong. */
  async replay({ seed, deviations }: Recipe): Promise<T> {
    this.#schedules = 1;
    const tried = await this.#try(seed, new DeviatingChooser(deviations), true);
    if (tried.finding !== undefined) throw this.#error(tried, tried.finding);
    return tried.outcome.value as T;
  }

  /** Does the program do the same again? The first time it is watched for what it asks the outside. */
  async #tryTwice(): Promise<void> {
    const [seed = 0] = this.#plan.seeds;
    const first = await this.#try(seed, new DeviatingChooser([]), true);
    await this.#count(first);
    const second = await this.#try(seed, new DeviatingChooser([]));
    if (second.outcome.fingerprint !== first.outcome.fingerprint) throw notDeterministic();
  }

  async #try(seed: number, chooser: Chooser, traced = false): Promise<Tried> {
    const noting = new NotingChooser(chooser);
    const { maxSteps, outside } = this.#plan;
    const outcome = await runOnce(this.#program, {
      seed,
      chooser: noting,
      maxSteps,
      outside,
      traced,
    });
    const finding = outcome.finding ?? this.#judge(outcome);
    return { outcome, finding, recipe: { seed, deviations: noting.deviations } };
  }

  async #count({ outcome, finding, recipe }: Tried): Promise<void> {
    this.#schedules += 1;
    this.#steps += outcome.length;
    this.#longest = Math.max(this.#longest, outcome.length);
    this.#fingerprint.add(`${outcome.fingerprint}`);
    if (finding !== undefined) throw await this.#report(finding, recipe);
  }

  /** Shrinks the schedule, and runs it once more to tell where in the program things happen. */
  async #report(finding: Finding, { seed, deviations }: Recipe): Promise<ExplorationError> {
    const shortest = await shrink(deviations, async (candidate) => {
      const tried = await this.#try(seed, new DeviatingChooser(candidate));
      const taken = alike(tried.finding, finding) ? tried.recipe.deviations : undefined;
      return { length: tried.outcome.length, taken };
    });
    const last = await this.#try(seed, new DeviatingChooser(shortest), true);
    if (last.finding === undefined) throw notDeterministic();
    return this.#error(last, last.finding);
  }

  #error({ outcome, recipe }: Tried, finding: Finding): ExplorationError {
    return new ExplorationError(finding, {
      replayId: replayId(recipe),
      schedules: this.#schedules,
      table: table(outcome.steps),
      calledAt: this.#calledAt,
    });
  }

  #tooMany(): RangeError {
    const { maxSchedules } = this.#plan;
    const way = "make the program smaller, limit preemptions, or raise maxSchedules";
    return new RangeError(`there are more than ${maxSchedules} schedules: ${way}`);
  }
}

function alike(a: Finding | undefined, b: Finding): boolean {
  if (a?.kind !== b.kind) return false;
  return nameOf(a.error) === nameOf(b.error);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function notDeterministic(): ConcurrencyError {
  return new ConcurrencyError(
    "NOT_DETERMINISTIC",
    "the program does not do the same when the same schedule is run again: it keeps something from " +
      "run to run, or asks the outside in a way that was not seen. Make all that it uses anew in it",
  );
}
