import { readSync, writeSync } from "node:fs";

/** Where it stands in the file that the words begin. */
const PLACE = 4096;
const HEAD_BYTES = 16;
const MOST_BYTES = 4096 - HEAD_BYTES;

/**
 * What a worker process has written for its pool and not yet sent, kept in the file that both hold open:
 * results of runs that are done reach the pool also if the next run is the worker's last.
 *
 * A sent batch needs no erasing: with its place in the stream of all bytes the reader sees what of it has come.
 */
export class Legacy {
  readonly #fd: number;
  readonly #memory: Buffer = Buffer.alloc(HEAD_BYTES + MOST_BYTES);

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Notes `bytes`, which begin at `start` of the stream. False if they are too many. */
  leave(bytes: Buffer, start: number): boolean {
    if (bytes.length > MOST_BYTES) return false;
    this.#memory.writeDoubleLE(start, 0);
    this.#memory.writeInt32LE(bytes.length, 8);
    bytes.copy(this.#memory, HEAD_BYTES);
    writeSync(this.#fd, this.#memory, 0, HEAD_BYTES + bytes.length, PLACE); // one system call
    return true;
  }

  /** What was left beyond the first `received` bytes of the stream, if it follows them without a gap. */
  beyond(received: number): Buffer {
    const read = readSync(this.#fd, this.#memory, 0, this.#memory.length, PLACE);
    if (read < HEAD_BYTES) return Buffer.alloc(0); // nothing was ever left
    const start = this.#memory.readDoubleLE(0);
    const end = HEAD_BYTES + this.#memory.readInt32LE(8);
    if (start > received || end > read) return Buffer.alloc(0);
    return this.#memory.subarray(Math.min(HEAD_BYTES + received - start, end), end);
  }
}
