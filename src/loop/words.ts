import { nowMs } from "./clock.js";

/** How many threads can be watched at once; each has the place of its number, modulo this. */
const PLACES = 1_024;
const PLACE_BYTES = 64;
const INTS = PLACE_BYTES / 4;
const DOUBLES = PLACE_BYTES / 8;

/** The 32-bit words of a place. */
const INT = { beats: 0, asked: 1, debugged: 2, stalledAt: 3, thread: 4 };
/** Its 64-bit words, behind those. */
const DOUBLE = { beatMs: 3, stallMs: 4, gcMs: 5 };

/** What a watched thread tells, as the watchdog sees it. */
export interface Pulse {
  readonly beats: number;
  readonly beatMs: number;
  /** The beat that ended the last stall, and for how long it was late. */
  readonly stalledAt: number;
  readonly stallMs: number;
  /** How much of the last stall is known to have gone to the garbage collector. */
  readonly gcMs: number;
  readonly debugged: boolean;
}

/**
 * The few words that a watched thread and the watchdog share.
 *
 * Invariant: a thread writes its numbers before it counts the beat, and the watchdog reads the count before
 * the numbers and again after them; so it never takes the numbers of two beats for those of one.
 */
export class LoopWords {
  readonly memory: SharedArrayBuffer;
  readonly #ints: Int32Array;
  readonly #doubles: Float64Array;
  readonly #int: number;
  readonly #double: number;

  constructor(memory: SharedArrayBuffer, thread: number) {
    const place = thread % PLACES;
    this.memory = memory;
    this.#ints = new Int32Array(memory);
    this.#doubles = new Float64Array(memory);
    this.#int = place * INTS;
    this.#double = place * DOUBLES;
  }

  static newMemory(): SharedArrayBuffer {
    return new SharedArrayBuffer(PLACES * PLACE_BYTES);
  }

  /** The thread begins to be watched: what an earlier one in its place has left is void. */
  begin(thread: number): void {
    this.#ints[this.#int + INT.stalledAt] = -1;
    this.#ints[this.#int + INT.thread] = thread;
    this.#doubles[this.#double + DOUBLE.beatMs] = nowMs();
    Atomics.store(this.#ints, this.#int + INT.beats, 1);
  }

  /** No beat is expected any more. */
  end(): void {
    Atomics.store(this.#ints, this.#int + INT.beats, 0);
  }

  beat(lateMs: number, thresholdMs: number, debugged: boolean): void {
    const beats = this.#ints[this.#int + INT.beats] as number;
    this.#ints[this.#int + INT.debugged] = debugged ? 1 : 0;
    this.#doubles[this.#double + DOUBLE.beatMs] = nowMs();
    if (lateMs >= thresholdMs) {
      this.#doubles[this.#double + DOUBLE.stallMs] = lateMs;
      this.#doubles[this.#double + DOUBLE.gcMs] = 0;
      this.#ints[this.#int + INT.stalledAt] = beats + 1;
    }
    Atomics.store(this.#ints, this.#int + INT.beats, beats + 1);
  }

  setGc(ms: number): void {
    this.#doubles[this.#double + DOUBLE.gcMs] = ms;
  }

  /** Undefined if no such thread beats. */
  read(thread: number): Pulse | undefined {
    for (;;) {
      const beats = Atomics.load(this.#ints, this.#int + INT.beats);
      if (beats === 0 || this.#ints[this.#int + INT.thread] !== thread) return undefined;
      const pulse: Pulse = {
        beats,
        beatMs: this.#doubles[this.#double + DOUBLE.beatMs] as number,
        stalledAt: this.#ints[this.#int + INT.stalledAt] as number,
        stallMs: this.#doubles[this.#double + DOUBLE.stallMs] as number,
        gcMs: this.#doubles[this.#double + DOUBLE.gcMs] as number,
        debugged: this.#ints[this.#int + INT.debugged] === 1,
      };
      if (Atomics.load(this.#ints, this.#int + INT.beats) === beats) return pulse;
    }
  }

  get beats(): number {
    return Atomics.load(this.#ints, this.#int + INT.beats);
  }

  /** The number of the watchdog's last question. A plain read: it is on the path of every wrapped call. */
  get asked(): number {
    return this.#ints[this.#int + INT.asked] as number;
  }

  ask(question: number): void {
    Atomics.store(this.#ints, this.#int + INT.asked, question);
  }
}
