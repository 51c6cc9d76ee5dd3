import { requireInteger } from "../core/index.js";
import { copyBytes, copyOf } from "./copy-bytes.js";
import { compareExchange, load, store } from "./memory.js";

/** What a record can hold: bytes, or a text in one byte per character if it is ASCII, else in two. */
const KIND = { bytes: 0, ascii: 1, utf16: 2 } as const;

/** A record begins with its length in bytes, or SKIP where the rest of the ring is left out, and its kind. */
const HEAD_BYTES = 8;
const SKIP = -1;

/** In the count of bytes written, which is a multiple of eight: nothing more will come. */
const CLOSED = 1;

const SMALLEST_BYTES = 64;
const LARGEST_BYTES = 2 ** 30;

/** What crosses: see {@link "./channel-codec.js"}. */
export type Packed = string | Uint8Array;

/** Where things are, in words. Writers and readers, and the counts of each, have cache lines of their own. */
interface Places {
  readonly written: number;
  readonly read: number;
  readonly data: number;
}

/**
 * Records in a ring of shared memory. It has one writer at a time and one reader at a time, who see to that by
 * locks.
 *
 * Both counts are of bytes and wrap around. A record is there once `written` has been raised behind it, in one
 * store, and gone once `read` has: whoever dies in between has sent nothing, or received nothing. (`channel.pml`)
 */
export class ByteRing {
  readonly capacityBytes: number;
  readonly #words: Int32Array;
  readonly #data: Int32Array;
  readonly #bytes: Buffer;
  readonly #places: Places;
  /** As far as records have been taken, but not yet given back. */
  #taken = 0;

  constructor(words: Int32Array, places: Places, capacityBytes: number) {
    this.capacityBytes = capacityBytes;
    this.#words = words;
    this.#places = places;
    this.#data = words.subarray(places.data, places.data + capacityBytes / 4);
    this.#bytes = Buffer.from(words.buffer, places.data * 4, capacityBytes);
  }

  /** How many bytes a ring has that is asked for so many: a power of two. */
  static bytesFor(capacityBytes: number): number {
    requireInteger("capacityBytes", capacityBytes, 1);
    if (capacityBytes > LARGEST_BYTES)
      throw new RangeError(`capacityBytes must be at most ${LARGEST_BYTES}, got ${capacityBytes}`);
    return 2 ** Math.ceil(Math.log2(Math.max(SMALLEST_BYTES, capacityBytes)));
  }

  /** The longest record, in bytes. Wherever the ring begins, it fits into an empty one. */
  get longest(): number {
    return this.capacityBytes / 2 - HEAD_BYTES;
  }

  get closed(): boolean {
    return (load(this.#words, this.#places.written) & CLOSED) !== 0;
  }

  get usedBytes(): number {
    const written = load(this.#words, this.#places.written) & ~CLOSED;
    return (written - load(this.#words, this.#places.read)) | 0;
  }

  /** Nothing can be written any more, not even what is being written now. */
  close(): void {
    for (;;) {
      const seen = load(this.#words, this.#places.written);
      const { written } = this.#places;
      if (compareExchange(this.#words, written, seen, seen | CLOSED) === seen) return;
    }
  }

  /** The bytes that a record takes; for a text also whether it is ASCII, as a kind. */
  static measure(packed: Packed): { length: number; kind: number } {
    if (typeof packed !== "string") return { length: packed.byteLength, kind: KIND.bytes };
    const ascii = Buffer.byteLength(packed) === packed.length;
    return ascii
      ? { length: packed.length, kind: KIND.ascii }
      : { length: packed.length * 2, kind: KIND.utf16 };
  }

  /** Writes a record. False if there is no room, or it is closed. The caller is the one writer. */
  write(packed: Packed, length: number, kind: number): boolean {
    const written = load(this.#words, this.#places.written);
    if ((written & CLOSED) !== 0) return false;
    const size = HEAD_BYTES + ((length + 7) & ~7);
    const at = written & (this.capacityBytes - 1);
    const rest = this.capacityBytes - at;
    const skipped = size > rest ? rest : 0;
    const used = (written - load(this.#words, this.#places.read)) | 0;
    if (used + skipped + size > this.capacityBytes) return false;
    if (skipped > 0) this.#data[at >> 2] = SKIP;
    this.#fill(skipped > 0 ? 0 : at, packed, length, kind);
    // Fails if it was closed meanwhile: then the record never was.
    const next = (written + skipped + size) | 0;
    return compareExchange(this.#words, this.#places.written, written, next) === written;
  }

  /** True if there is a record to take, or never will be. */
  get ready(): boolean {
    return load(this.#words, this.#places.written) !== load(this.#words, this.#places.read);
  }

  /** Begins to take records. The caller is the one reader. */
  startTaking(): void {
    this.#taken = load(this.#words, this.#places.read);
  }

  /** The next record; undefined if there is none. */
  take(): Packed | undefined {
    for (;;) {
      const written = load(this.#words, this.#places.written) & ~CLOSED;
      if (this.#taken === written) return undefined;
      const at = this.#taken & (this.capacityBytes - 1);
      const length = this.#data[at >> 2] as number;
      if (length === SKIP) {
        this.#taken = (this.#taken + this.capacityBytes - at) | 0;
        continue;
      }
      this.#taken = (this.#taken + HEAD_BYTES + ((length + 7) & ~7)) | 0;
      return this.#get(at + HEAD_BYTES, length, this.#data[(at >> 2) + 1] as number);
    }
  }

  /** The room of what was taken, and not yet given back. */
  get takenBytes(): number {
    return (this.#taken - load(this.#words, this.#places.read)) | 0;
  }

  /** Gives back the room of what was taken. */
  endTaking(): void {
    store(this.#words, this.#places.read, this.#taken);
  }

  #fill(at: number, packed: Packed, length: number, kind: number): void {
    this.#data[at >> 2] = length;
    this.#data[(at >> 2) + 1] = kind;
    const start = at + HEAD_BYTES;
    if (typeof packed !== "string") copyBytes(packed, this.#bytes, start);
    else this.#bytes.write(packed, start, length, kind === KIND.ascii ? "latin1" : "utf16le");
  }

  #get(start: number, length: number, kind: number): Packed {
    const end = start + length;
    if (kind === KIND.ascii) return this.#bytes.toString("latin1", start, end);
    if (kind === KIND.utf16) return this.#bytes.toString("utf16le", start, end);
    return copyOf(this.#bytes.subarray(start, end));
  }
}
