import { HEAD_BYTES, type FrameSpace } from "../wire/index.js";

const FIRST_BYTES = 1 << 14;

/** Frames that leave together. It grows as they come. */
export class Batch implements FrameSpace {
  words: Int32Array = new Int32Array(0);
  doubles: Float64Array = new Float64Array(0);
  bytes: Buffer = Buffer.alloc(0);
  readonly longest: number = 1 << 29;
  readonly mostBytes: number = this.longest - HEAD_BYTES;
  readonly takeOther: (value: unknown) => Uint8Array;
  #length = 0;

  constructor(takeOther: (value: unknown) => Uint8Array) {
    this.takeOther = takeOther;
  }

  get length(): number {
    return this.#length;
  }

  hasRoom(): boolean {
    return true;
  }

  reserve(byteLength: number): number {
    const at = this.#length;
    if (at + byteLength > this.bytes.length) this.#grow(at + byteLength);
    this.#length = at + byteLength;
    return at;
  }

  /** What has been written, as it stands until more is. */
  peek(): Buffer {
    return this.bytes.subarray(0, this.#length);
  }

  /** What has been written. The batch is empty then, and writes elsewhere. */
  take(): Buffer {
    const written = this.peek();
    this.#use(FIRST_BYTES);
    this.#length = 0;
    return written;
  }

  #grow(needed: number): void {
    let size = Math.max(FIRST_BYTES, this.bytes.length);
    while (size < needed) size *= 2;
    const old = this.bytes;
    this.#use(size);
    this.bytes.set(old);
  }

  #use(byteLength: number): void {
    this.bytes = Buffer.allocUnsafeSlow(byteLength);
    this.words = new Int32Array(this.bytes.buffer);
    this.doubles = new Float64Array(this.bytes.buffer);
  }
}
