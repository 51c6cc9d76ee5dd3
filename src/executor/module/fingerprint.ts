import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { foldersAbove } from "./project.js";

/** What each file held that a bundle depends on, as a hash; null for one that did not exist. */
export type Fingerprint = Record<string, string | null>;

export function hashOf(...parts: string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 20);
}

export function fingerprint(inputs: readonly string[]): Fingerprint {
  const taken: Fingerprint = Object.create(null) as Fingerprint;
  for (const path of [...inputs, ...settingsFor(inputs)]) taken[path] = hashOfFile(path);
  return taken;
}

/** Whether every file still holds, or still lacks, what it did. */
export function isCurrent(taken: Fingerprint): boolean {
  return Object.entries(taken).every(([path, hash]) => hashOfFile(path) === hash);
}

function hashOfFile(path: string): string | null {
  const text = read(path);
  return text === undefined ? null : hashOf(text);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

// The settings that steer a build are not among its inputs: which of them exist above an input, and
// what else they may build on.
function settingsFor(inputs: readonly string[]): Set<string> {
  const settings = new Set<string>();
  for (const folder of new Set(inputs.flatMap(foldersAbove))) {
    settings.add(join(folder, "package.json"));
    addTsconfig(join(folder, "tsconfig.json"), settings);
  }
  return settings;
}

// Whatever a tsconfig names by a relative path is taken for a base of it. That is too much rather than
// too little, and saves a parser for JSON with comments.
function addTsconfig(path: string, settings: Set<string>): void {
  if (settings.has(path)) return;
  settings.add(path);
  for (const [, name] of (read(path) ?? "").matchAll(/"(\.{1,2}\/[^"*]+)"/g)) {
    const base = resolve(dirname(path), name!);
    if (base.endsWith(".json")) addTsconfig(base, settings);
    else if (read(`${base}.json`) !== undefined) addTsconfig(`${base}.json`, settings);
  }
}
