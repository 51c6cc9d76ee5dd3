import { accessSync, constants, statSync, type Stats } from "node:fs";
import { dirname, resolve } from "node:path";
import { usageError } from "../cli-error.js";
import { journalOf } from "./journal/index.js";
import type { MapOptions } from "./options.js";

/** The files that a map writes, by what names them. */
export function ownFiles({ out, errors }: MapOptions): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  if (out !== undefined) files.set("--out", out);
  if (out !== undefined && isRegular(out)) files.set("the journal", journalOf(out));
  if (errors !== undefined) files.set("--errors", errors);
  return files;
}

/** Looks whether they can be written, and whether that would destroy an input or one another. Changes nothing. */
export function requireOwnFiles(own: ReadonlyMap<string, string>, inputs: readonly string[]): void {
  const taken = new Map<string, string>();
  for (const input of inputs) taken.set(identityOf(input), "an input");
  for (const [name, path] of own) {
    requireWritable(name, path);
    if (!isRegular(path)) continue;
    const other = taken.get(identityOf(path));
    if (other !== undefined) throw usageError(`${name} ${path} is the same file as ${other}`);
    taken.set(identityOf(path), name);
  }
}

/** False of what can't be cut to a length: a pipe, a device. */
export function isRegular(path: string): boolean {
  return statOf(path)?.isFile() ?? true;
}

function requireWritable(name: string, path: string): void {
  if (statOf(path)?.isDirectory() === true) throw usageError(`${name} ${path} is a folder`);
  const folder = dirname(resolve(path));
  if (statOf(folder)?.isDirectory() !== true)
    throw usageError(`${name} ${path} can't be written: there is no folder ${folder}`);
  try {
    accessSync(statOf(path) === undefined ? folder : path, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw usageError(`${name} ${path} can't be written: ${code}`);
  }
}

/** The same for all names of a file, links included. */
function identityOf(path: string): string {
  const stat = statOf(path);
  return stat === undefined ? resolve(path) : `${stat.dev} ${stat.ino}`;
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
