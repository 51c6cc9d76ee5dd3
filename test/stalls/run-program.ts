import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect } from "vitest";
// @ts-expect-error: a script, of which there are no declarations
import { binaries } from "../runtimes/binaries.js";

interface Runtimes {
  readonly node: Record<string, string | undefined>;
}

/** The Nodes to try: this one, and those that lie in `test/runtimes`. */
export const nodes: readonly (readonly [string, string])[] = [
  [process.versions.node.split(".")[0]!, process.execPath] as const,
  ...Object.entries((binaries as () => Runtimes)().node).flatMap(([major, file]) =>
    file === undefined ? [] : [[major, file] as const],
  ),
].filter(([major], i, all) => all.findIndex(([other]) => other === major) === i);

export interface Stall {
  readonly process?: number;
  readonly thread: number;
  readonly durationMs: number;
  readonly lasting: boolean;
  readonly frames: readonly { functionName: string; file: string; line: number }[];
  readonly call?: string;
  readonly kind: string;
  readonly gcShare: number;
  readonly cure: string;
  readonly task?: { name: string; spawnedAt?: { file: string } };
  readonly unknownBecause?: string;
}

/** The reports that a program printed. */
export function stallsIn(lines: readonly string[]): Stall[] {
  return lines.map((line) => JSON.parse(line) as Stall);
}

/** Functions of the programs that block nothing. */
const INNOCENTS = ["innocent", "pause", "forgotten"];

/**
 * The reports that blame the function of that name, of which there must be some. Others are true too, since a busy
 * machine stops a program wherever it is; but that somebody is blamed who is known to be innocent is a failure.
 */
export function blaming(culprit: string, { lines, stderr }: Ended): Stall[] {
  const stalls = stallsIn(lines).filter(({ frames }) => frames.length > 0);
  const names = stalls.map(({ frames }) => frames[0]!.functionName);
  expect(
    INNOCENTS.filter((name) => names.includes(name)),
    lines.join("\n"),
  ).toEqual([]);
  expect(names, stderr + lines.join("\n")).toContain(culprit);
  return stalls.filter(({ frames }) => frames[0]!.functionName === culprit);
}

export interface Ended {
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly stderr: string;
}

/** Runs a program of `programs` in a process of its own. */
export function runProgram(node: string, name: string, ...args: string[]): Promise<Ended> {
  return runNode(node, [join(import.meta.dirname, "programs", name), ...args]);
}

/** The same with flags of Node before, and any file. */
export function runNode(node: string, words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(node, words, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, lines: stdout.split("\n").filter(Boolean), stderr });
    });
  });
}
