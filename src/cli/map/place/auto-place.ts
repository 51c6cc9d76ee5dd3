import { host } from "../../../core/index.js";
import type { LocalPlace } from "./local-place.js";
import type { Load, Place } from "./place.js";
import type { PoolPlace } from "./pool-place.js";

/** Inputs between two looks at how it goes. */
const LOOK_EVERY = 512;
/** Below this an executor costs more than the function itself. */
const SHORT_MS = 0.1;

/**
 * Runs inputs by an executor that measures them and decides where. If it decided for this thread, and the
 * function is short and gives its values at once, the executor is passed by, until one of that changes.
 */
export class AutoPlace implements Place {
  readonly ahead: number;
  readonly #auto: PoolPlace;
  readonly #local: LocalPlace;
  #passedBy = false;
  /** The function gives promises: it costs a turn of the loop anyway. */
  #waits = false;
  #runs = 0;
  #lookMs = host.nowMs();

  constructor(auto: PoolPlace, local: LocalPlace) {
    this.#auto = auto;
    this.#local = local;
    this.ahead = auto.ahead;
  }

  get name(): string {
    return this.#auto.name;
  }

  get reason(): string | undefined {
    return this.#auto.reason;
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
    this.#passedBy = false;
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
    const nowMs = host.nowMs();
    const short = nowMs - this.#lookMs < SHORT_MS * LOOK_EVERY;
    this.#lookMs = nowMs;
    this.#passedBy = short && !this.#waits && this.#auto.model === "async";
  }
}
