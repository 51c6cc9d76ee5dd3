import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { fingerprint, hashOf, isCurrent, type Fingerprint } from "./fingerprint.js";
import type { Bundle } from "./bundle.js";

interface Entry {
  readonly file: string;
  readonly inputs: Fingerprint;
}

/** How much older than its successor a bundle is when nobody can be about to import it any more. */
const OUTDATED_MS = 3_600_000;

/**
 * Bundles on disk, in a folder that many workers and processes use at once.
 *
 * Invariant: under its final name a file is whole and never changes, save the entry, which is replaced as
 * a whole. A bundle's name contains its hash, so an entry can't lead to the code of another.
 */
export class BundleCache {
  readonly #folder: string;
  readonly #key: string;

  private constructor(folder: string, key: string) {
    this.#folder = folder;
    this.#key = key;
  }

  /** The cache of a project for what `parts` name; undefined if its `node_modules` can't be written. */
  static in(project: string, ...parts: string[]): BundleCache | undefined {
    const folder = join(project, "node_modules", ".cache", "weftwork");
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
    } catch {
      return undefined;
    }
    return new BundleCache(folder, hashOf(...parts));
  }

  /** The path of the bundle, if there is one and nothing that it was made of has changed. */
  get(): string | undefined {
    try {
      const { file, inputs } = JSON.parse(readFileSync(this.#entry, "utf8")) as Entry;
      const path = join(this.#folder, file);
      return isCurrent(inputs) && statSync(path).isFile() ? path : undefined;
    } catch {
      return undefined; // none, or one of another version of weftwork
    }
  }

  put({ code, inputs }: Bundle): string {
    const file = `${this.#key}-${hashOf(code)}.mjs`;
    const entry: Entry = { file, inputs: fingerprint(inputs) };
    this.#write(file, code);
    this.#write(`${this.#key}.json`, JSON.stringify(entry));
    this.#removeOutdated(file);
    return join(this.#folder, file);
  }

  get #entry(): string {
    return join(this.#folder, `${this.#key}.json`);
  }

  // By rename, since several workers may write the same file, and others read it meanwhile.
  #write(file: string, text: string): void {
    const draft = join(this.#folder, `${file}.${process.pid}-${threadId}`);
    writeFileSync(draft, text);
    renameSync(draft, join(this.#folder, file));
  }

  // Whoever read an older entry a moment ago is about to import its bundle, so that one stays for a while.
  #removeOutdated(current: string): void {
    const { mtimeMs } = statSync(join(this.#folder, current));
    for (const file of readdirSync(this.#folder)) {
      const path = join(this.#folder, file);
      if (!file.startsWith(`${this.#key}-`) || file === current) continue;
      const age = mtimeMs - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? mtimeMs);
      if (age > OUTDATED_MS) rmSync(path, { force: true });
    }
  }
}
