import { FileTarget } from "../output/index.js";
import { type Entry, FORMAT, type Header, type RetryEntry } from "./entry.js";
import type { Identity } from "./identity.js";
import type { Standing } from "./standing.js";

/** Where the journal of an output is. */
export function journalOf(out: string): string {
  return `${out}.weft`;
}

/** Appends to a journal. What is appended is on the disk before the promise resolves. */
export class Journal {
  readonly #file: FileTarget;

  private constructor(file: FileTarget) {
    this.#file = file;
  }

  static async create(path: string, identity: Identity): Promise<Journal> {
    const journal = new Journal(await FileTarget.open(path, 0));
    await journal.append({ weft: FORMAT, identity });
    return journal;
  }

  static async goOn(path: string, { length }: Standing): Promise<Journal> {
    return new Journal(await FileTarget.open(path, length));
  }

  async append(entry: Entry | RetryEntry | Header): Promise<void> {
    await this.#file.write(Buffer.from(`${JSON.stringify(entry)}\n`));
    await this.#file.sync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
