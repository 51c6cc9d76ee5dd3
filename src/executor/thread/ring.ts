/**
 * A ring of frames in shared memory, from one writer to one reader.
 *
 * `head` and `tail` count bytes, and wrap around at 2^32; a frame's place is its count modulo the size. The
 * writer owns `tail`, the reader `head`. A frame never wraps: where one would, the rest of the ring is
 * skipped.
 *
 * Invariants:
 *  1. `tail - head` is between 0 and the size.
 *  2. The bytes between `head` and the published `tail` are the reader's, all others the writer's.
 *  3. A reader that sleeps has declared it, and looked at `tail` once more after that. A writer that has
 *     published looks at the declaration after that. So one of the two sees the other: no wake-up is lost.
 *     (`ring.pml` states this for a model checker.)
 */
const HEAD = 0;
const TAIL = 1;
/** 1 while the reader sleeps and has not been rung for. */
const ASLEEP = 2;
/** 1 if the writer has found no room, and wants to be told of some. */
const WANTS_ROOM = 3;
const CONTROL_BYTES = 64;

/** In place of a frame's size: the rest of the ring is skipped. */
const SKIP = -1;

/** When the ring is empty the writer starts over from here on, so that small traffic stays in the cache. */
const START_OVER_BYTES = 1 << 16;

/** Untouched pages cost nothing, so there is room for a string of a million characters. */
const RING_BYTES: number = 1 << 22;

export function newRing(byteLength: number = RING_BYTES): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(CONTROL_BYTES + byteLength);
  new Int32Array(memory)[ASLEEP] = 1;
  return memory;
}

abstract class RingEnd {
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  readonly bytes: Buffer;
  protected readonly control: Int32Array;
  protected readonly size: number;

  constructor(memory: SharedArrayBuffer) {
    this.control = new Int32Array(memory, 0, CONTROL_BYTES / 4);
    this.words = new Int32Array(memory, CONTROL_BYTES);
    this.doubles = new Float64Array(memory, CONTROL_BYTES);
    this.bytes = Buffer.from(memory, CONTROL_BYTES);
    this.size = memory.byteLength - CONTROL_BYTES;
  }
}

export class RingWriter extends RingEnd {
  readonly longest: number;
  /** As far as the reader was seen to be; it may be further. */
  #head = 0;
  #tail = 0;
  #published = 0;

  constructor(memory: SharedArrayBuffer) {
    super(memory);
    this.longest = this.size >> 1; // whatever the place, it fits into an empty ring, after a skip too
  }

  hasRoom(byteLength: number): boolean {
    return this.#find(byteLength);
  }

  reserve(byteLength: number): number {
    if (!this.#find(byteLength)) return -1;
    const at = this.#tail & (this.size - 1);
    this.#tail = (this.#tail + byteLength) | 0;
    return at;
  }

  /** How many bytes have been written that {@link publish} has not shown. */
  get unpublished(): number {
    return (this.#tail - this.#published) | 0;
  }

  /** Shows what has been written to a reader who looks. To be followed by {@link publish}. */
  show(): void {
    Atomics.store(this.control, TAIL, this.#tail);
  }

  /** Shows the reader what has been written. True if it sleeps and is to be rung for, by this caller. */
  publish(): boolean {
    if (this.#published === this.#tail) return false;
    this.#published = this.#tail;
    Atomics.store(this.control, TAIL, this.#tail);
    return this.takeBell();
  }

  /**
   * True if the reader sleeps and is to be rung for, by this caller. It may be so before {@link publish}: a reader
   * that was rung for and finds nothing declares anew that it sleeps, and then looks.
   */
  takeBell(): boolean {
    return (
      Atomics.load(this.control, ASLEEP) === 1 && Atomics.exchange(this.control, ASLEEP, 0) === 1
    );
  }

  /** The caller that has taken the bell can't ring: for a reader that is awake by now one bell is too many. */
  putBellBack(): void {
    Atomics.store(this.control, ASLEEP, 1);
  }

  /** Asks the reader to ring when it has read. The caller looks for room once more after this. */
  askForRoom(): void {
    Atomics.store(this.control, WANTS_ROOM, 1);
  }

  /** Moves the tail to where so many bytes fit in one piece, if there is such a place. */
  #find(byteLength: number): boolean {
    const at = this.#tail & (this.size - 1);
    const rest = this.size - at;
    if (byteLength > rest) return this.#skip(at, rest, byteLength);
    // A frame too long to start over with fits here: nobody would ever make more room in an empty ring.
    if (at >= START_OVER_BYTES && this.#used() === 0 && this.#skip(at, rest, byteLength))
      return true;
    return this.#fits(byteLength);
  }

  #skip(at: number, rest: number, byteLength: number): boolean {
    if (!this.#fits(rest + byteLength)) return false;
    this.words[at >> 2] = SKIP;
    this.#tail = (this.#tail + rest) | 0;
    return true;
  }

  #fits(byteLength: number): boolean {
    if (((this.#tail - this.#head) | 0) + byteLength <= this.size) return true;
    return this.#used() + byteLength <= this.size;
  }

  #used(): number {
    this.#head = Atomics.load(this.control, HEAD);
    return (this.#tail - this.#head) | 0;
  }
}

export class RingReader extends RingEnd {
  #head = 0;
  #released = 0;

  /** The place of the next frame; -1 if there is none. It stays the reader's until {@link pass}. */
  next(): number {
    for (;;) {
      if (this.#head === Atomics.load(this.control, TAIL)) return -1;
      const at = this.#head & (this.size - 1);
      if (this.words[at >> 2] !== SKIP) return at;
      this.#head = (this.#head + this.size - at) | 0;
    }
  }

  /** Leaves the frame at `at` behind. */
  pass(at: number): void {
    this.#head = (this.#head + (this.words[at >> 2] as number)) | 0;
  }

  /** Gives back what has been passed. True if the writer waits for room and is to be rung for. */
  release(): boolean {
    this.#released = this.#head;
    Atomics.store(this.control, HEAD, this.#head);
    return (
      Atomics.load(this.control, WANTS_ROOM) === 1 &&
      Atomics.exchange(this.control, WANTS_ROOM, 0) === 1
    );
  }

  /** True if room has been passed that was not given back. */
  get owes(): boolean {
    return this.#released !== this.#head;
  }

  get ready(): boolean {
    return this.#head !== Atomics.load(this.control, TAIL);
  }

  /** Declares that the reader sleeps. False if something has come: then it doesn't. */
  sleep(): boolean {
    Atomics.store(this.control, ASLEEP, 1);
    if (!this.ready) return true;
    Atomics.store(this.control, ASLEEP, 0);
    return false;
  }

  /** Declares that the reader is awake: it needs no bell. */
  wake(): void {
    Atomics.store(this.control, ASLEEP, 0);
  }
}
