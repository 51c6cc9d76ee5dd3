import type { Pulse } from "../words.js";
import type { Sample } from "./sample.js";

export interface VigilSetting {
  readonly thresholdMs: number;
  readonly beatMs: number;
  /** After how long a stall that has not ended is told of. */
  readonly stuckMs: number;
}

/** A stall, as far as it is known. */
export interface Stall {
  readonly startMs: number;
  readonly durationMs: number;
  readonly lasting: boolean;
  readonly samples: readonly Sample[];
  readonly gcMs: number;
}

/** A stall that was seen to end. */
interface Ended {
  /** With that beat. */
  readonly beats: number;
  /** It was seen then. */
  readonly atMs: number;
  readonly startMs: number;
  readonly ms: number;
}

/** What is to be done now. */
export type Step = { readonly sample: true } | { readonly stall: Stall } | undefined;

/** When a stall is looked into first, as a part of the threshold; then each time after twice as long. */
const FIRST_LOOK = 0.4;
/** The collector tells how long it took only when the loop turns again. */
const GC_TOLD_AFTER_MS = 60;

/**
 * Watches the pulse of one thread. It has no clock, and asks nobody: it is told what is, and says what to do.
 *
 * A thread is late by what its last beat is older than the time between two beats. It counts its own stalls,
 * since it knows best for how long it was late; a machine that sleeps, and a watchdog that gets no time, are
 * told apart by {@link overslept}.
 */
export class Vigil {
  /** How late a thread is when it is looked into first. */
  readonly firstLookMs: number;
  readonly #setting: VigilSetting;
  #beats = -1;
  #samples: Sample[] = [];
  #lookAgainMs: number;
  #told = false;
  /** The last stall that was seen to end. */
  #endedAt = -1;
  #ended: Ended | undefined;
  #endedSamples: Sample[] = [];
  /** How much of the time since the last beat the watchdog itself got no time. */
  #oversleptMs = 0;

  constructor(setting: VigilSetting) {
    this.#setting = setting;
    this.firstLookMs = this.#lookAgainMs = setting.thresholdMs * FIRST_LOOK;
  }

  /** The watchdog itself got no time: for so much of what is late now nobody in the program is to blame. */
  overslept(ms: number): void {
    if (ms > this.#setting.thresholdMs / 2) this.#oversleptMs += ms; // timers are always a little late
  }

  sampled(sample: Sample): void {
    if (sample.beats === this.#beats) this.#samples.push(sample);
    else if (sample.beats === this.#endedAt - 1) this.#endedSamples.push(sample);
  }

  /** How long until there can be something to do. */
  restMs(pulse: Pulse, nowMs: number): number {
    if (this.#ended !== undefined) return GC_TOLD_AFTER_MS / 2;
    return pulse.beatMs + this.#setting.beatMs + this.#lookAgainMs - nowMs;
  }

  /** `asking`: an answer may still come. `closing`: there is no time to wait for what may still be told. */
  look(pulse: Pulse, nowMs: number, asking: boolean, closing: boolean = false): Step {
    if (pulse.beats !== this.#beats) this.#beaten(pulse, nowMs);
    const ended = this.#ended;
    if (ended !== undefined) {
      if (!closing && (asking || nowMs < ended.atMs + GC_TOLD_AFTER_MS)) return undefined;
      this.#ended = undefined;
      const { startMs, ms: durationMs } = ended;
      const gcMs = pulse.stalledAt === ended.beats ? pulse.gcMs : 0; // else it is that of the next one
      return { stall: { startMs, durationMs, lasting: false, samples: this.#endedSamples, gcMs } };
    }
    const lateMs = nowMs - pulse.beatMs - this.#setting.beatMs;
    if (closing || pulse.debugged) return undefined;
    if (this.#awake(lateMs) >= this.#setting.stuckMs && !this.#told) {
      this.#told = true;
      const samples = this.#samples;
      const startMs = nowMs - lateMs;
      return { stall: { startMs, durationMs: lateMs, lasting: true, samples, gcMs: 0 } };
    }
    if (asking || lateMs < this.#lookAgainMs) return undefined;
    this.#lookAgainMs *= 2;
    return { sample: true };
  }

  /** The thread has ended, and may have been blocked until then: so long as was seen. */
  atTheEnd(pulse: Pulse): Stall | undefined {
    const startMs = pulse.beatMs + this.#setting.beatMs;
    const durationMs = (this.#samples.at(-1)?.atMs ?? startMs) - startMs;
    if (pulse.beats !== this.#beats || this.#told || durationMs < this.#setting.thresholdMs)
      return undefined;
    return { startMs, durationMs, lasting: false, samples: this.#samples, gcMs: 0 };
  }

  /** How much of it the machine was awake; nothing if it mostly slept: then it was no stall of the program. */
  #awake(lateMs: number): number {
    const awakeMs = lateMs - this.#oversleptMs;
    return awakeMs < this.#oversleptMs ? 0 : awakeMs;
  }

  #beaten(pulse: Pulse, nowMs: number): void {
    const stalled = pulse.stalledAt !== this.#endedAt && pulse.stalledAt > this.#beats;
    const isOurs = this.#awake(pulse.stallMs) >= this.#setting.thresholdMs;
    if (stalled && this.#beats >= 0 && isOurs) {
      const ours = this.#beats === pulse.stalledAt - 1;
      const startMs = pulse.beatMs - pulse.stallMs;
      this.#ended = { beats: pulse.stalledAt, atMs: nowMs, startMs, ms: pulse.stallMs };
      this.#endedSamples = ours ? this.#samples : [];
    }
    this.#endedAt = pulse.stalledAt;
    // A beat from just before the watchdog got no time is seen only afterwards: what followed it still counts.
    this.#oversleptMs = Math.min(this.#oversleptMs, Math.max(0, nowMs - pulse.beatMs));
    this.#beats = pulse.beats;
    this.#samples = [];
    this.#told = false;
    this.#lookAgainMs = this.firstLookMs;
  }
}
