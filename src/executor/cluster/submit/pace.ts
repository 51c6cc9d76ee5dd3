import type { AnyTask } from "../../tasks/index.js";

/** How much work goes to a host in one parcel, about. */
export const PARCEL_US = 500_000;
/** Longer than this, and a task is not sent ahead: by then things may stand otherwise. */
const LONG_US = 5_000_000;
/** A job of the queue costs some tenths of a millisecond: it should carry more than that. */
export const WORTH_US = 5_000;
/** Most inputs in a chunk of a map. */
const LARGEST_CHUNK = 10_000;
/** Parcels, and what comes of a chunk, should not be longer than this; one input may be. */
export const PARCEL_BYTES: number = 512 * 1024;

/** How long a task takes, as its hosts measure it. */
export class Pace {
  /** Undefined until an input of it has been measured. */
  averageUs: number | undefined;
  /** The work that has been done, over all hosts. */
  #doneUs = 0;
  /** How long an input or an output is as it is sent: at once when they get longer, slowly when shorter. */
  #averageBytes = 0;

  sized(bytes: number, inputs: number): void {
    const average = bytes / inputs;
    this.#averageBytes = Math.max(average, this.#averageBytes + (average - this.#averageBytes) / 8);
  }

  measured(averageUs: number, inputs: number): void {
    if (averageUs < 0) return;
    this.averageUs =
      this.averageUs === undefined ? averageUs : this.averageUs + (averageUs - this.averageUs) / 4;
    this.#doneUs += averageUs * inputs;
  }

  /**
   * What part of a slot's parcel it takes, in microseconds: all of it if it is not known. So little work never
   * makes a parcel of more than a thousand tasks.
   */
  costUs(inputs: number): number {
    if (this.averageUs === undefined) return PARCEL_US;
    return Math.min(PARCEL_US, Math.max(PARCEL_US / 1000, this.averageUs * inputs));
  }

  /** True if it may be sent before there is a slot for it. */
  maySendAhead(inputs: number): boolean {
    return this.averageUs !== undefined && this.averageUs * inputs < LONG_US;
  }

  /**
   * How many inputs of a map should go together. Chunks grow with what has been done: one is never more than a
   * quarter of a slot's share of that, so that the last ones don't leave the other slots idle for long.
   */
  chunkSize(slots: number): number {
    if (this.averageUs === undefined) return 1;
    const shareUs = this.#doneUs / (4 * Math.max(1, slots));
    const chunkUs = Math.min(PARCEL_US, Math.max(WORTH_US, shareUs));
    const byTime = Math.floor(chunkUs / Math.max(this.averageUs, 0.01));
    const byLength = Math.floor(PARCEL_BYTES / Math.max(this.#averageBytes, 1));
    return Math.max(1, Math.min(LARGEST_CHUNK, byTime, byLength));
  }
}

export class Paces {
  readonly #byTask = new WeakMap<AnyTask, Pace>();

  of(task: AnyTask): Pace {
    let pace = this.#byTask.get(task);
    if (pace === undefined) this.#byTask.set(task, (pace = new Pace()));
    return pace;
  }
}
