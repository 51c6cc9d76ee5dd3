import { accessSync, constants, statSync } from "node:fs";
import { usageError } from "../cli-error.js";
import { type Format, globInput, type Input, rangeInput, streamInput } from "./input/index.js";
import { hashOfFile, hashOfText } from "./journal/index.js";
import type { InputOptions } from "./input-options.js";

export interface OpenInput {
  readonly input: Input;
  /** True if the input has no name by which it could be known again. */
  readonly isNameless: boolean;
  /** What it is, for the journal: each part by its name, with the hash of what it holds. */
  identity(): Promise<Record<string, string>>;
}

/** Finds the input, and looks whether it can be read. The files `own` are no input of a run that writes them. */
export async function openInput(
  files: readonly string[],
  options: InputOptions,
  own: readonly string[] = [],
): Promise<OpenInput> {
  const { files: pattern, range } = options;
  if (range !== undefined) {
    const text = range.join("..");
    return named(rangeInput(...range), async () => ({ range: text }));
  }
  if (pattern !== undefined) {
    const { input, paths } = await globInput(pattern, own);
    if (paths.length === 0) throw usageError(`--files ${pattern} matches no file`);
    return named(input, async () => ({ [`files ${pattern}`]: hashOfText(...paths) }));
  }
  for (const file of files) requireFile(file);
  if (files.length === 0 && process.stdin.isTTY)
    throw usageError("no input: name files, or use --files or --range, or pipe lines into it");
  const input = streamInput(files, formatsOf(files, options), options);
  return { input, isNameless: files.length === 0, identity: () => hashesOf(files) };
}

function named(input: Input, identity: OpenInput["identity"]): OpenInput {
  return { input, isNameless: false, identity };
}

async function hashesOf(files: readonly string[]): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const file of files) hashes[file] = await hashOfFile(file);
  return hashes;
}

function requireFile(file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw usageError(
      `the input ${file} ${code === "ENOENT" ? "does not exist" : `can't be read: ${code}`}`,
    );
  }
  if (statSync(file).isDirectory()) throw usageError(`the input ${file} is a folder; see --files`);
}

const ENDINGS: Readonly<Record<string, Format>> = { jsonl: "jsonl", ndjson: "jsonl", csv: "csv" };

/** Of each file; all are to be read alike, as arguments or as text. */
function formatsOf(files: readonly string[], { format }: InputOptions): (file: string) => Format {
  if (format !== undefined) return () => format;
  const formatOf = (file: string): Format => {
    const ending = /\.([^./]+)$/.exec(file.replace(/\.gz$/, ""))?.[1] ?? "";
    return ENDINGS[ending.toLowerCase()] ?? "lines";
  };
  const kinds = new Set(files.map((file) => (formatOf(file) === "lines" ? "lines" : "records")));
  if (kinds.size > 1) throw usageError("the inputs are of several formats: choose one by --format");
  return formatOf;
}
