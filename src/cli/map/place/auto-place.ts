import { between, type Meter, type Reading, realMeter } from "../../../advisor/meter.js";
import { duration } from "../../../advisor/words.js";
import type { Load, Place } from "./place.js";

/** Inputs between two looks at how it goes. */
const LOOK_EVERY = 512;
/** If an input holds the loop for less than this, an executor costs more than the function itself. */
const SHORT_MS = 0.1;
/** If it holds it for less than this, the map around it counted, its way to a thread alone takes longer. */
const TINY_MS = 0.005;
/** So much of the loop's time the executor has had before it is passed by: it has decided then. */
const TRIAL_MS = 50;

/** A place that chooses; `model` is where the function runs now. */
type ChoosingPlace = Place & { readonly model: string | undefined };

/**
 * Runs inputs by an executor that measures them and decides where. If it decided for this thread, and the
 * function is short and gives its values at once, the executor is passed by, until one of that changes.
 *
 * What turns out to be tiny stays whatever the executor decides: that it has measured while it was new.
 */
export class AutoPlace implements Place {
  readonly ahead: number;
  readonly #auto: ChoosingPlace;
  readonly #local: Place;
  readonly #meter: Meter;
  #passedBy = false;
  /** The function gives promises: it costs a turn of the loop anyway. */
  #waits = false;
  #runs = 0;
  #triedMs = 0;
  /** How long a tiny input held the loop, while the executor was passed by. */
  #tinyMs: number | undefined;
  #from: Reading;

  constructor(auto: ChoosingPlace, local: Place, meter: Meter = realMeter) {
    this.#auto = auto;
    this.#local = local;
    this.#meter = meter;
    this.#from = meter.read();
    this.ahead = auto.ahead;
  }

  get name(): string {
    return this.#tinyMs === undefined ? this.#auto.name : "auto: async";
  }

  get reason(): string | undefined {
    if (this.#tinyMs === undefined) return this.#auto.reason;
    return `${duration(this.#tinyMs)} an input, less than its way to a thread takes`;
  }

  get sliceMs(): number {
    return this.#passedBy ? this.#local.sliceMs : this.#auto.sliceMs;
  }

  run(text: string, attempt: number): string | PromiseLike<string> {
    this.#runs += 1;
    if (this.#runs % LOOK_EVERY === 0) this.#look();
    if (!this.#passedBy) return this.#auto.run(text, attempt);
    const lines = this.#local.run(text, attempt);
    if (typeof lines === "string") return lines;
    this.#waits = true;
    this.#goBy(false, undefined);
    return lines;
  }

  load(): Load {
    const auto = this.#auto.load();
    const local = this.#local.load();
    return { running: auto.running + local.running, waiting: auto.waiting };
  }

  dismissWaiting(): void {
    this.#auto.dismissWaiting();
  }

  close(): Promise<void> {
    return this.#auto.close();
  }

  #look(): void {
    const now = this.#meter.read();
    // Not by the clock: on a busy machine the waits for a core would make every function a long one.
    const { heldMs } = between(this.#from, now);
    const eachMs = heldMs / LOOK_EVERY;
    this.#from = now;
    if (!this.#passedBy) this.#triedMs += heldMs;
    const tinyMs = this.#passedBy && eachMs < TINY_MS ? eachMs : undefined;
    const stays = tinyMs !== undefined || (eachMs < SHORT_MS && this.#auto.model === "async");
    this.#goBy(stays && !this.#waits && this.#triedMs >= TRIAL_MS, tinyMs);
  }

  #goBy(passedBy: boolean, tinyMs: number | undefined): void {
    this.#passedBy = passedBy;
    this.#tinyMs = tinyMs;
  }
}
