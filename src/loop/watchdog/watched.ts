import { nowMs, sinceEpochMs } from "../clock.js";
import { ofNode, ofWeftwork, type SeenFrame } from "../frame.js";
import { cureOf } from "../cure.js";
import type { StallKind, StallReport } from "../stall-report.js";
import type { LoopWords } from "../words.js";
import { kindOf } from "./kind-of.js";
import type { Originals } from "./originals.js";
import type { Prober } from "./prober.js";
import type { Sample } from "./sample.js";
import { type Unknown, UNKNOWN } from "./unknown.js";
import { type Stall, Vigil, type VigilSetting } from "./vigil.js";
import { verdictOn } from "./verdict.js";

/** The collector is the culprit if it took that part of a stall. */
const MOSTLY_GC = 0.5;

/** A thread that the watchdog watches. */
export class Watched {
  readonly thread: number;
  readonly vigil: Vigil;
  readonly #words: LoopWords;
  readonly #originals: Originals;
  readonly #report: (report: StallReport) => void;
  /** The id of the process, if that is a worker. */
  readonly #process: number | undefined;
  /** Undefined if there is no inspector: then the delay is all that is told. */
  #prober: Prober | undefined;
  #whyBlind: Unknown = UNKNOWN.blind;

  constructor(
    thread: number,
    words: LoopWords,
    setting: VigilSetting,
    originals: Originals,
    report: (report: StallReport) => void,
    process: number | undefined,
  ) {
    this.thread = thread;
    this.vigil = new Vigil(setting);
    this.#words = words;
    this.#originals = originals;
    this.#report = report;
    this.#process = process;
  }

  /** From now on the thread can be asked. */
  async probeWith(prober: Prober): Promise<void> {
    this.#whyBlind = UNKNOWN.early;
    await prober.start();
    this.#prober = prober;
  }

  /** Looks at the pulse, which was to be at `plannedMs`, and says in how many milliseconds to look again. */
  look(closing: boolean, plannedMs: number = Infinity): number {
    const pulse = this.#words.read(this.thread);
    if (pulse === undefined) return Infinity;
    // One reading for both, and another one below: all may stand still at any of these lines.
    const atMs = nowMs();
    this.vigil.overslept(atMs - plannedMs);
    this.#prober?.lookAfter(pulse.beats, atMs);
    const step = this.vigil.look(pulse, atMs, this.#prober?.busy === true, closing);
    this.vigil.overslept(nowMs() - atMs);
    if (step !== undefined && "stall" in step) this.#tell(step.stall, pulse.debugged);
    else if (step !== undefined) void this.#sample();
    return this.vigil.restMs(pulse, nowMs());
  }

  /** The thread has ended; what is still to be told of it is told now. */
  end(): void {
    this.look(true);
    const pulse = this.#words.read(this.thread);
    const stall = pulse && this.vigil.atTheEnd(pulse);
    if (stall !== undefined) this.#tell(stall, false);
  }

  async #sample(): Promise<void> {
    for (const sample of (await this.#prober?.sample()) ?? []) this.vigil.sampled(sample);
  }

  #tell(stall: Stall, debugged: boolean): void {
    const { startMs, durationMs, lasting, samples, gcMs } = stall;
    const verdict = verdictOn(samples, startMs, startMs + durationMs, this.vigil.firstLookMs);
    const gcShare = Math.min(1, gcMs / durationMs);
    const { sample } = verdict;
    const culprit = verdict.frames[0];
    const frames = verdict.frames.map((frame) => this.#originals.original(frame));
    const why = this.#whyUnknown(verdict.unknown, debugged);
    const place = culprit === undefined ? "unknown" : this.#kindOf(sample, culprit);
    const kind = gcShare >= MOSTLY_GC ? "gc" : place;
    const inWorker = this.thread !== 0 || this.#process !== undefined;
    this.#report({
      process: this.#process,
      thread: this.thread,
      startedAtMs: sinceEpochMs(startMs),
      durationMs,
      lasting,
      frames,
      call: sample?.call ?? (kind === "wait" ? waitOfOurs(sample) : undefined),
      task: sample?.task,
      gcShare,
      kind,
      cure:
        kind === "unknown"
          ? (why ?? UNKNOWN.nobody).cure
          : cureOf(kind, frames[0]?.functionName, inWorker),
      unknownBecause: why?.because,
    });
  }

  /** What stood above the culprit tells the kind: Node's own frames, a wait of ours, or nothing. */
  #kindOf(sample: Sample | undefined, culprit: SeenFrame): StallKind {
    const [top] = sample?.frames ?? [];
    const seen = (sample?.frames ?? []).filter((frame) => !ofWeftwork(frame));
    const above = ofNode(seen[0] ?? culprit) ? seen : [];
    const place = top !== undefined && ofWeftwork(top) ? top : culprit;
    return kindOf(sample?.call, above, this.#originals.textAt(place));
  }

  #whyUnknown(why: Unknown | undefined, debugged: boolean): Unknown | undefined {
    if (why === undefined) return undefined;
    if (debugged) return UNKNOWN.debugged;
    return this.#prober === undefined ? this.#whyBlind : why;
  }
}

/** The method of ours that blocks, such as `acquireSync`, whatever it is made of. */
function waitOfOurs(sample: Sample | undefined): string | undefined {
  const frames = sample?.frames ?? [];
  const outside = frames.findIndex((frame) => !ofNode(frame) && !ofWeftwork(frame));
  return frames[outside - 1]?.functionName;
}
