import { createWriteStream, statSync } from "node:fs";
import { usageError } from "../cli-error.js";
import {
  differences,
  type Identity,
  Journal,
  journalOf,
  RangeSet,
  readJournal,
  type Standing,
} from "./journal/index.js";
import type { MapOptions } from "./options.js";
import { isRegular } from "./own-files.js";
import { FileTarget, StreamTarget, TextSink } from "./output/index.js";

/** Where results go, and what of them was there before. */
export interface OpenOutput {
  readonly out: TextSink;
  readonly errors: TextSink | undefined;
  readonly journal: Journal | undefined;
  readonly standing: Standing | undefined;
}

/** Looks whether the run may begin, or go on, as it is asked to. Changes nothing. */
export function standingOf(options: MapOptions, identity: Identity): Standing | undefined {
  const { out, start } = options;
  if (out === undefined) return undefined;
  const path = journalOf(out);
  const standing = readJournal(path);
  if (start === "restart") return undefined;
  if (start === "new") {
    if (standing === undefined || standing.ended) return undefined;
    throw usageError(
      `${out} is of a run that was interrupted: --resume goes on, --restart begins anew`,
    );
  }
  if (standing === undefined) {
    if (start === "resume" && sizeOf(out) === undefined) return undefined; // died before it began
    throw usageError(`there is no journal ${path}: nothing can be resumed or retried`);
  }
  const changed = differences(standing.identity, identity);
  if (changed.length > 0)
    throw usageError(`${out} can't be gone on with: ${changed.join("; ")} (--restart begins anew)`);
  requireBytes(out, standing.bytes);
  if (start === "retry-failed" && !standing.ended)
    throw usageError(`the run of ${out} is not through: --resume first`);
  if (start === "retry-failed") return retried(standing);
  return standing;
}

/** As if what failed had never been tried. */
function retried(standing: Standing): Standing {
  const done = new RangeSet(standing.done.toJSON());
  for (const index of standing.failed.keys()) done.delete(index);
  return { ...standing, done, errorBytes: 0, ended: standing.failed.size === 0 };
}

/** Opens the files; what stands in them beyond the last consistent place is cut off. */
export async function openOutput(
  options: MapOptions,
  identity: Identity,
  standing: Standing | undefined,
  onBroken: (error: Error) => void,
): Promise<OpenOutput> {
  const { out, errors, start } = options;
  const { bytes = 0, errorBytes = 0 } = standing ?? {};
  const journal =
    out !== undefined && isRegular(out)
      ? await openJournal(journalOf(out), identity, standing)
      : undefined;
  if (start === "retry-failed" && standing?.ended === false) await journal?.append({ retry: true });
  return {
    out: new TextSink(await targetOf(out, bytes), bytes, onBroken),
    errors:
      errors === undefined
        ? undefined
        : new TextSink(await targetOf(errors, errorBytes), errorBytes, onBroken),
    journal,
    standing,
  };
}

function openJournal(
  path: string,
  identity: Identity,
  standing: Standing | undefined,
): Promise<Journal> {
  return standing === undefined ? Journal.create(path, identity) : Journal.goOn(path, standing);
}

async function targetOf(path: string | undefined, bytes: number) {
  if (path === undefined) return new StreamTarget(process.stdout);
  if (isRegular(path)) return FileTarget.open(path, bytes);
  return new StreamTarget(createWriteStream(path));
}

function requireBytes(out: string, bytes: number): void {
  const size = sizeOf(out) ?? 0;
  if (size < bytes)
    throw usageError(`${out} has ${size} bytes, and ${bytes} were written: it has been changed`);
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}
