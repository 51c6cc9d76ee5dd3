import type { MapOptions } from "./options.js";
import type { Place } from "./place/index.js";
import { Meter, Painter, type Progress, summaryOf, Tally } from "./progress/index.js";
import type { Failure } from "./run/index.js";
import type { WatchedInput } from "./watched-input.js";

export interface ReportOptions {
  readonly options: MapOptions;
  readonly input: WatchedInput;
  readonly place: Place;
  /** Inputs that earlier runs dealt with. */
  readonly before: number;
  /** Inputs that this run has dealt with. */
  readonly taken: () => number;
}

/** What stderr is told of a run. */
export class Report {
  readonly #plan: ReportOptions;
  readonly #meter = new Meter();
  readonly #tally = new Tally();
  readonly #painter: Painter | undefined;

  constructor(plan: ReportOptions) {
    this.#plan = plan;
    if (plan.options.quiet) return;
    this.#painter = new Painter(process.stderr, () => this.#progress());
    this.#painter.start();
  }

  get failures(): number {
    return this.#tally.failures;
  }

  /** Notes a failure; says whether the map goes on. */
  readonly mayFail = (failure: Failure): boolean => {
    const { onError, maxErrors } = this.#plan.options;
    this.#tally.add(failure);
    return onError !== "stop" && this.#tally.failures <= maxErrors;
  };

  /** Tells something at once. */
  say(text: string): void {
    this.#painter?.say(`weft: ${text}`);
  }

  /** Tells something that is said with `--quiet` too. */
  readonly tell = (text: string): void => {
    if (this.#painter === undefined) process.stderr.write(`${text}\n`);
    else this.#painter.say(text);
  };

  /** Takes the progress away. Workers have ended: their time counts. */
  end(): void {
    this.#painter?.stop();
    this.#meter.stop();
    if (!this.#plan.options.quiet) process.stderr.write(`${this.#summary()}\n`);
  }

  #progress(): Progress {
    const { input, place, before, taken } = this.#plan;
    const { elapsedMs, delayP99Ms } = this.#meter;
    const done = before + taken();
    return {
      done,
      total: input.count,
      share: input.shareOf(done),
      shareBefore: input.shareOf(before) ?? 0,
      perSecond: (taken() / Math.max(1, elapsedMs)) * 1000,
      elapsedMs,
      ...place.load(),
      failed: this.#tally.failures,
      delayP99Ms,
      place: place.name,
      reason: place.reason,
    };
  }

  #summary(): string {
    const { place, taken } = this.#plan;
    const { elapsedMs, cpuMs, delayP99Ms } = this.#meter;
    const { failures, first } = this.#tally;
    const { name, reason } = place;
    return summaryOf({
      done: taken(),
      failures,
      first,
      elapsedMs,
      cpuMs,
      delayP99Ms,
      place: name,
      reason,
    });
  }
}
