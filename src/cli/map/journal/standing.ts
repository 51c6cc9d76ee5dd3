import { readFileSync } from "node:fs";
import { usageError } from "../../cli-error.js";
import { type Entry, type FailedInput, FORMAT, type Header, type RetryEntry } from "./entry.js";
import type { Identity } from "./identity.js";
import { RangeSet } from "./range-set.js";
import type { Mark } from "./trail.js";

/** How a run stands, by its journal. */
export interface Standing {
  readonly identity: Identity;
  readonly bytes: number;
  readonly errorBytes: number;
  readonly done: RangeSet;
  readonly failed: ReadonlyMap<number, FailedInput>;
  readonly mark: Mark | undefined;
  readonly ended: boolean;
  /** The journal's length up to the end of its last whole entry. */
  readonly length: number;
}

/** Reads a journal; undefined if there is none. What a crash left of a last entry is not looked at. */
export function readJournal(path: string): Standing | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw usageError(`the journal ${path} can't be read: ${(error as Error).message}`);
  }
  const { lines, length } = wholeLines(text);
  const [header, ...entries] = lines as [Header | undefined, ...(Entry | RetryEntry)[]];
  if (header === undefined) return undefined; // died before anything was written
  if (header.weft !== FORMAT) throw usageError(`${path} is no journal of this version of weft`);
  return standingOf(header.identity, entries, length);
}

function wholeLines(text: string): { lines: unknown[]; length: number } {
  const lines: unknown[] = [];
  let length = 0;
  for (const line of text.split("\n").slice(0, -1)) {
    try {
      lines.push(JSON.parse(line));
    } catch {
      break; // a disk that lost power may have left anything
    }
    length += Buffer.byteLength(line) + 1;
  }
  return { lines, length };
}

function standingOf(
  identity: Identity,
  entries: readonly (Entry | RetryEntry)[],
  length: number,
): Standing {
  let last: Entry = { bytes: 0, errorBytes: 0, done: [], failed: [] };
  const failed = new Map<number, FailedInput>();
  let done = new RangeSet();
  for (const entry of entries) {
    if ("retry" in entry) {
      for (const index of failed.keys()) done.delete(index);
      failed.clear();
      last = { ...last, errorBytes: 0, end: false };
    } else {
      last = entry;
      done = new RangeSet(entry.done);
      for (const each of entry.failed) failed.set(each.index, each);
    }
  }
  const { bytes, errorBytes, mark, end: ended = false } = last;
  return { identity, bytes, errorBytes, done, failed, mark, ended, length };
}
