import { host, type Timer } from "../../../core/index.js";
import type { Journal } from "../journal/index.js";
import type { Recorder } from "./recorder.js";

/**
 * Writes to the journal how things stand, from time to time and at the end.
 *
 * Invariant: one entry at a time. An entry that overtook another would tell of less.
 */
export class Checkpoints {
  readonly #journal: Journal;
  readonly #recorder: Recorder;
  readonly #everyMs: number;
  readonly #onBroken: (error: Error) => void;
  #timer: Timer | undefined;
  #writing: Promise<void> = Promise.resolve();
  #written = 0;
  #finished = false;

  constructor(
    journal: Journal,
    recorder: Recorder,
    options: { readonly everyMs: number; readonly onBroken: (error: Error) => void },
  ) {
    this.#journal = journal;
    this.#recorder = recorder;
    this.#everyMs = options.everyMs;
    this.#onBroken = options.onBroken;
    this.#wait();
  }

  /** The last entry; `end` says that nothing is left to do. Rejects if it can't be written. */
  async finish(end: boolean): Promise<void> {
    this.#finished = true;
    host.stopTimer(this.#timer);
    await this.#writing;
    const entry = await this.#recorder.settled();
    await this.#journal.append(end ? { ...entry, end } : entry);
    await this.#journal.close();
  }

  #wait(): void {
    this.#timer = host.startTimer(() => (this.#writing = this.#write()), this.#everyMs);
  }

  async #write(): Promise<void> {
    const { taken } = this.#recorder;
    try {
      if (taken > this.#written) await this.#journal.append(await this.#recorder.settled());
      this.#written = taken;
    } catch (error) {
      this.#finished = true;
      this.#onBroken(error as Error);
    }
    if (!this.#finished) this.#wait();
  }
}
