import { execFile } from "node:child_process";
import { join } from "node:path";
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
