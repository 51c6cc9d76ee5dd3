import { readSync, writeSync } from "node:fs";

/** A page of its own in the file that begins with the words: a write within a page is whole, or is not. */
const PLACE = 4096;
const HEAD_BYTES = 16;
const MOST_BYTES = 4096 - HEAD_BYTES;

/**
 * What a worker process has written for its pool and not yet sent, where it outlives the worker: results of
 * runs that are done reach the pool also if the next run is the worker's last.
 *
 *   the run that was started last | length | place of the bytes in the stream of all that is sent | bytes ...
 *
 * It is written together with the note that a run starts, since a system call each would cost more than many
 * a run. What has been sent is not erased: by its place the reader sees what of it has come.
 */
export class Legacy {
  readonly #fd: number;
  readonly #memory: Buffer = Buffer.alloc(HEAD_BYTES + MOST_BYTES);
  /** How much of the memory the next note is to write. */
  #dirty = 4;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Takes `bytes`, which begin at `start` of the stream, for the next note. False if they are too many. */
  leave(bytes: Buffer, start: number): boolean {
    if (bytes.length > MOST_BYTES) return false;
    this.#memory.writeInt32LE(bytes.length, 4);
    this.#memory.writeDoubleLE(start, 8);
    bytes.copy(this.#memory, HEAD_BYTES);
    this.#dirty = HEAD_BYTES + bytes.length;
    return true;
  }

  noteStart(run: number): void {
    this.#memory.writeInt32LE(run, 0);
    writeSync(this.#fd, this.#memory, 0, this.#dirty, PLACE);
    this.#dirty = 4;
  }

  /** The run that was started last; 0 if none was. */
  lastStart(): number {
    return readSync(this.#fd, this.#memory, 0, 4, PLACE) < 4 ? 0 : this.#memory.readInt32LE(0);
  }

  /** What was left beyond the first `received` bytes of the stream, if it follows them without a gap. */
  beyond(received: number): Buffer {
    const read = readSync(this.#fd, this.#memory, 0, this.#memory.length, PLACE);
    if (read < HEAD_BYTES) return Buffer.alloc(0); // nothing was ever left
    const end = HEAD_BYTES + this.#memory.readInt32LE(4);
    const start = this.#memory.readDoubleLE(8);
    if (start > received) return Buffer.alloc(0);
    return this.#memory.subarray(Math.min(HEAD_BYTES + received - start, end), end);
  }
}
