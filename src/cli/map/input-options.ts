import { type Arguments, choiceOf, type Flag } from "../args/index.js";
import { usageError } from "../cli-error.js";
import type { Format } from "./input/index.js";

const FORMATS = ["lines", "jsonl", "csv"] as const;

/** What the inputs are, and how they are read. */
export interface InputOptions {
  readonly format: Format | undefined;
  readonly header: boolean;
  readonly files: string | undefined;
  readonly range: readonly [number, number] | undefined;
}

/** The flags that say it, of every command that reads inputs. */
export const inputFlags: readonly Flag[] = [
  {
    name: "format",
    value: "F",
    choices: FORMATS,
    text: "lines, jsonl or csv; by the file's ending, else lines; .gz is unpacked",
  },
  { name: "no-header", text: "CSV: the first line is a record; records are arrays" },
  { name: "files", value: "GLOB", text: "inputs are the paths of the files that match" },
  { name: "range", value: "A..B", text: "inputs are the integers from A to B" },
];

/** `hasInputs`: files of inputs are named. */
export function inputOptionsOf(args: Arguments, hasInputs: boolean): InputOptions {
  const options: InputOptions = {
    format: choiceOf(args, "format", FORMATS),
    header: !args.has("no-header"),
    files: args.get("files"),
    range: rangeOf(args.get("range")),
  };
  refuseContradictions(options, hasInputs);
  return options;
}

function refuseContradictions({ files, range, format }: InputOptions, hasInputs: boolean): void {
  const sources = [hasInputs && "INPUT", files !== undefined && "--files", range && "--range"];
  const given = sources.filter((source) => source !== false && source !== undefined);
  if (given.length > 1) throw usageError(`${given[0]} and ${given[1]} exclude each other`);
  if (format !== undefined && (files !== undefined || range !== undefined))
    throw usageError(`--format is for INPUT and stdin, not for ${given[0]}`);
}

function rangeOf(text: string | undefined): readonly [number, number] | undefined {
  if (text === undefined) return undefined;
  const [, first, last] = /^(-?\d+)\.\.(-?\d+)$/.exec(text) ?? [];
  const range = [Number(first), Number(last)] as const;
  if (range.every(Number.isSafeInteger) && range[0] <= range[1]) return range;
  throw usageError(`--range must be like 1..1000, got ${JSON.stringify(text)}`);
}
