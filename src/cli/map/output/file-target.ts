import { type FileHandle, open } from "node:fs/promises";
import type { Target } from "./target.js";

/** A file, from a place on. */
export class FileTarget implements Target {
  readonly #file: FileHandle;
  #position: number;

  private constructor(file: FileHandle, position: number) {
    this.#file = file;
    this.#position = position;
  }

  /** Opens a file and cuts it to its first `bytes` bytes; makes it if there is none. */
  static async open(path: string, bytes: number): Promise<FileTarget> {
    const file = await open(path, bytes === 0 ? "w" : "r+");
    await file.truncate(bytes);
    return new FileTarget(file, bytes);
  }

  async write(bytes: Buffer): Promise<void> {
    let written = 0;
    // On a disk that is nearly full the system writes what fits, and fails only at the next call.
    while (written < bytes.length) {
      const rest = bytes.length - written;
      const { bytesWritten } = await this.#file.write(bytes, written, rest, this.#position);
      written += bytesWritten;
      this.#position += bytesWritten;
    }
  }

  sync(): Promise<void> {
    return this.#file.datasync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
