import { createReadStream, type ReadStream, statSync } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** Large enough that a batch of short lines is worth its turns of the loop. */
const CHUNK_BYTES = 1 << 16;

/** The bytes of one file, or of stdin, after another. */
export class ByteSource {
  readonly #files: readonly string[];
  readonly #totalBytes: number;
  #passedBytes = 0;
  #file: ReadStream | undefined;
  #open: Readable | undefined;
  #closed = false;

  /** Without files it is stdin. */
  constructor(files: readonly string[]) {
    this.#files = files;
    this.#totalBytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  }

  /** Each file, with its chunks. */
  async *sources(): AsyncGenerator<{ name: string; chunks: AsyncIterable<Buffer> }> {
    if (this.#files.length === 0) yield { name: "stdin", chunks: this.#chunks(process.stdin) };
    for (const file of this.#files) {
      if (this.#closed) return;
      this.#file = createReadStream(file, { highWaterMark: CHUNK_BYTES });
      yield { name: file, chunks: this.#chunks(unpacked(file, this.#file)) };
      this.#passedBytes += this.#file.bytesRead;
      this.#file = undefined;
    }
  }

  close(): void {
    this.#closed = true;
    this.#open?.destroy();
    this.#file?.destroy();
  }

  share(): number | undefined {
    if (this.#files.length === 0) return undefined;
    const bytes = this.#passedBytes + (this.#file?.bytesRead ?? 0);
    return this.#totalBytes === 0 ? 1 : bytes / this.#totalBytes;
  }

  async *#chunks(stream: Readable): AsyncGenerator<Buffer> {
    this.#open = stream;
    if (this.#closed) stream.destroy();
    try {
      for await (const chunk of stream) yield chunk as Buffer;
    } catch (error) {
      if (!this.#closed) throw error; // destroyed by us: the end
    }
  }
}

function unpacked(file: string, bytes: ReadStream): Readable {
  if (!file.endsWith(".gz")) return bytes;
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  bytes.on("error", (error) => gunzip.destroy(error));
  gunzip.on("close", () => bytes.destroy());
  return bytes.pipe(gunzip);
}
