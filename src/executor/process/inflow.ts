import { HEAD_BYTES } from "../wire/index.js";

const FIRST_BYTES = 1 << 16;
const MOST_KEPT_BYTES = 1 << 20;

/** Bytes that have come, in which frames are found again however the pipe cut them. */
export class Inflow {
  words: Int32Array = new Int32Array(0);
  doubles: Float64Array = new Float64Array(0);
  bytes: Buffer = Buffer.alloc(0);
  /** What has come and has not been passed lies between these. */
  #start = 0;
  #end = 0;

  add(chunk: Buffer): void {
    if (this.#start === this.#end) this.#rewind();
    if (this.#end + chunk.length > this.bytes.length) this.#makeRoom(chunk.length);
    chunk.copy(this.bytes, this.#end);
    this.#end += chunk.length;
  }

  /** The place of the next frame that has come whole; -1 if there is none. */
  next(): number {
    const here = this.#end - this.#start;
    if (here < HEAD_BYTES || here < (this.words[this.#start >> 2] as number)) return -1;
    return this.#start;
  }

  pass(at: number): void {
    this.#start = at + (this.words[at >> 2] as number);
  }

  /** Nothing is here. Memory that one large value needed goes back. */
  #rewind(): void {
    this.#start = 0;
    this.#end = 0;
    if (this.bytes.length > MOST_KEPT_BYTES) this.#use(Buffer.alloc(0));
  }

  #makeRoom(length: number): void {
    const kept = this.bytes.subarray(this.#start, this.#end);
    // Once for a long frame: its size is known as soon as its head has come.
    const frame = kept.length < HEAD_BYTES ? 0 : (this.words[this.#start >> 2] as number);
    let size = Math.max(FIRST_BYTES, this.bytes.length);
    while (size < Math.max(frame, kept.length + length)) size *= 2;
    // Into new memory even if moving would do: `kept` may overlap its new place, and copies are cheap here.
    this.#use(Buffer.allocUnsafeSlow(size));
    kept.copy(this.bytes, 0);
    this.#end -= this.#start;
    this.#start = 0;
  }

  /** All three see one memory, or it would be kept by the others. */
  #use(bytes: Buffer): void {
    this.bytes = bytes;
    this.words = new Int32Array(bytes.buffer);
    this.doubles = new Float64Array(bytes.buffer);
  }
}
