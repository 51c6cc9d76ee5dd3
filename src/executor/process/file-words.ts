import { closeSync, openSync, mkdtempSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WORD, WORD_COUNT, type Words } from "../wire/index.js";
import { Legacy } from "./legacy.js";

/**
 * Words in a file that a pool and a process both hold open: the memory that two processes of Node can share.
 * The file has no name, so nothing of it outlives them. A load or a store is one system call, of some 1.5 us.
 */
export class FileWords implements Words {
  readonly instant = false;
  readonly fd: number;
  /** Where the word `started` stands, and what is written with it. */
  readonly legacy: Legacy;
  readonly #word = new Int32Array(1);
  readonly #bytes = new Uint8Array(this.#word.buffer);

  constructor(fd: number) {
    this.fd = fd;
    this.legacy = new Legacy(fd);
  }

  /** A new file, all words zero. Whoever asks for it closes it. */
  static create(): FileWords {
    const folder = mkdtempSync(join(tmpdir(), "weftwork-"));
    const fd = openSync(join(folder, "words"), "wx+", 0o600);
    writeSync(fd, new Uint8Array(WORD_COUNT * 4), 0, WORD_COUNT * 4, 0);
    rmSync(folder, { recursive: true }); // what is open stays until it is closed
    return new FileWords(fd);
  }

  load(index: number): number {
    if (index === WORD.started) return this.legacy.lastStart();
    readSync(this.fd, this.#bytes, 0, 4, index * 4);
    return this.#word[0] as number;
  }

  store(index: number, value: number): void {
    if (index === WORD.started) return this.legacy.noteStart(value);
    this.#word[0] = value;
    writeSync(this.fd, this.#bytes, 0, 4, index * 4);
  }

  close(): void {
    closeSync(this.fd);
  }
}
