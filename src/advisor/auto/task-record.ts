import type { Profile, Transfer } from "../profile.js";
import { between, type Meter, type Reading } from "../meter.js";
import type { AutoModel, Decision } from "./decide.js";
import { Pace } from "./pace.js";

/** All that an executor has seen its tasks do, since it began. */
export interface Totals {
  /** How long calls held the loop before their first wait. */
  heldMs: number;
  /** Calls that waited. */
  waits: number;
  /** Calls that ended. */
  ended: number;
}

/** How long a record looks at first before it can be decided on, and at last between two looks. */
const FIRST_LOOK_MS = 10;
const LAST_LOOK_MS = 1000;
const MOST_PATIENCE = 20;
/** Short calls that together took less tell too little: what the clock adds to each would count. */
const ENOUGH_MS = 5;
const MANY_CALLS = 16;
/** So many calls that all ended at once, and a function is taken for one that does not wait. */
const SYNC_CALLS = 8;
/** How much work goes into a chunk of a map, and how many inputs at most, since the window holds many chunks. */
const CHUNK_MS = 0.5;
const LONGEST_CHUNK = 128;
const UNKNOWN: Transfer = { hereMs: 0, thereMs: 0, inputBytes: 0, outputBytes: 0 };

/**
 * What is known of one function. It is looked at in windows: each begins with a reading of the meter and of
 * what all functions did until then, since the loop's time is shared.
 */
export class TaskRecord {
  readonly name: string;
  model: AutoModel = "async";
  /** Threads for it are starting. */
  moving: boolean = false;
  /** Its jobs that are on the loop. */
  runsHere: number = 0;
  /** For the threads that it goes to. */
  tasksPerWorker: number = 1;
  decision: Decision;
  /** What it did on the loop, when it was last there. */
  profile: Profile | undefined;
  transfer: Transfer | undefined;
  /** Why it can never leave the loop. */
  refusal: string | undefined;
  /** What it was seen to do where it is now, and on the loop when it was there: real time, neighbours and all. */
  readonly here: Pace = new Pace();
  readonly onLoop: Pace = new Pace();
  /** Came back from threads so often; and when it may try again. */
  returns: number = 0;
  heldOffUntilMs: number = -Infinity;

  readonly #meter: Meter;
  readonly #totals: Totals;
  #from: Reading | undefined;
  #before: Totals = { heldMs: 0, waits: 0, ended: 0 };
  #lookMs = FIRST_LOOK_MS;
  #calls = 0;
  #waits = 0;
  #heldMs = 0;
  #ended = 0;
  #longestHoldMs = 0;
  #leastWallMs = Infinity;
  #syncCalls = 0;

  constructor(name: string, totals: Totals, meter: Meter) {
    this.name = name;
    this.#totals = totals;
    this.#meter = meter;
    this.decision = { task: name, model: "async", reason: "it has not been measured yet" };
  }

  /** It has given its results at once so far: its calls can be made one after the other. */
  get sync(): boolean {
    return this.#syncCalls >= SYNC_CALLS;
  }

  /** How long a call holds the loop, by the calls of this window or else by the last one. */
  get holdMs(): number {
    return this.#calls > 0 ? this.#heldMs / this.#calls : (this.profile?.heldMs ?? 0);
  }

  /** How many inputs should go in one chunk: more than one only of calls that don't wait. */
  get chunkSize(): number {
    if (!this.sync) return 1;
    return Math.max(1, Math.min(LONGEST_CHUNK, Math.floor(CHUNK_MS / Math.max(this.holdMs, 1e-6))));
  }

  /** A call begins. */
  begins(): void {
    this.#from ??= this.#meter.read();
  }

  /** A call held the loop for so long, and then ended or began to wait. */
  held(ms: number, waits: boolean): void {
    this.#calls += 1;
    this.#heldMs += ms;
    this.#totals.heldMs += ms;
    if (ms > this.#longestHoldMs) this.#longestHoldMs = ms;
    if (waits) {
      this.#waits += 1;
      this.#totals.waits += 1;
      this.#syncCalls = -Infinity;
    } else this.#syncCalls += 1;
  }

  /** `count` calls ended there, so long after they began. Those that were begun before a move count for nobody. */
  ends(model: AutoModel, count: number, wallMs: number): void {
    this.#totals.ended += count;
    if (model !== this.model) return;
    this.#ended += count;
    if (wallMs < this.#leastWallMs) this.#leastWallMs = wallMs;
  }

  /** True if it is time to look: the window is long enough, or a single call was as long as a slice. */
  due(nowMs: number, sliceMs: number): boolean {
    if (this.#from === undefined || this.#ended === 0) return false;
    if (this.model === "async" && this.#calls === 0) return false;
    const tookMs = nowMs - this.#from.atMs;
    // Of calls that wait most have begun and not ended at first: that would tell little.
    const tellsLittle = this.#waits > 2 * this.#ended || this.#tooShort(sliceMs);
    if (tellsLittle && tookMs < MOST_PATIENCE * this.#lookMs) return false;
    return tookMs >= this.#lookMs || this.#longestHoldMs >= sliceMs;
  }

  /** A few short calls that don't wait: the window was mostly that of others, or of the executor itself. */
  #tooShort(sliceMs: number): boolean {
    if (this.model !== "async" || this.#waits > 0) return false;
    return this.#heldMs - this.#longestHoldMs < ENOUGH_MS && this.#longestHoldMs < sliceMs;
  }

  /** What it did in the window, which ends. */
  look(limit: number, busy: boolean): Profile {
    const span = between(this.#from as Reading, this.#meter.read());
    const { heldMs, waits, ended } = this.#totals;
    // Holds are told in real time. On a busy machine part of that was a wait for a core.
    const seenMs = heldMs - this.#before.heldMs;
    const believed = seenMs > span.heldMs ? span.heldMs / seenMs : 1;
    const unseenMs = Math.max(0, span.heldMs - seenMs);
    const waiting = Math.max(1, waits - this.#before.waits);
    // Of many calls the longest is left out: it may have been kept from the core by others.
    const kept = this.#calls >= MANY_CALLS ? this.#heldMs - this.#longestHoldMs : this.#heldMs;
    const calls = Math.max(1, this.#calls >= MANY_CALLS ? this.#calls - 1 : this.#calls);
    const done = Math.max(1, this.#ended);
    const own = (kept * believed) / calls + (unseenMs * this.#waits) / waiting / done;
    const computes = span.heldMs > 0 ? span.cpuMs / span.heldMs : 1;
    const profile = {
      calls: done,
      failed: 0,
      limit,
      // Of calls that waited the shortest ever: the others waited for each other's turns too.
      wallMs: this.#waits > 0 ? Math.max(own, this.#leastWallMs) : own,
      heldMs: own,
      cpuMs: own * computes,
      longestHoldMs: Math.max(own, this.#longestHoldMs * believed),
      perSecond: (1000 * this.#ended) / Math.max(span.tookMs, 1e-6),
      loopShare: span.loopShare,
      transfer: this.transfer ?? UNKNOWN,
    };
    if (busy) this.here.add(this.#ended, span.tookMs);
    if (busy && this.model === "async") this.onLoop.add(this.#ended, span.tookMs);
    this.#hereMs = span.heldMs / Math.max(1, ended - this.#before.ended);
    this.#begin();
    this.#lookMs = Math.min(LAST_LOOK_MS, 2 * this.#lookMs);
    return profile;
  }

  #hereMs = 0;
  /** How long the loop was held per call of any function, in the window that ended last. */
  get hereMs(): number {
    return this.#hereMs;
  }

  /** The window begins anew: what was seen in it says nothing. */
  restart(): void {
    this.#begin();
  }

  /** It runs elsewhere from now on: what was seen says nothing of what comes. */
  moveTo(model: AutoModel): void {
    this.model = model;
    this.here.clear();
    this.#begin();
    this.#lookMs = 10 * FIRST_LOOK_MS;
  }

  #begin(): void {
    this.#from = this.#meter.read();
    this.#before = { ...this.#totals };
    this.#calls = 0;
    this.#waits = 0;
    this.#heldMs = 0;
    this.#ended = 0;
    this.#longestHoldMs = 0;
  }
}
