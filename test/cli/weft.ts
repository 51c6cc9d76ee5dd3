import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";

const root = join(import.meta.dirname, "../..");
export const WEFT: string = join(root, "dist/cli/weft.js");
/** The functions that the tests map. */
export const MODULES: string = join(import.meta.dirname, "modules");

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when stderr or stdout has had the text. */
  readonly said: (text: string) => Promise<void>;
}

let folders: string[] = [];
const children = new Set<ChildProcess>();

afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders = [];
});

/** A folder of the test's own, which is gone afterwards. */
export function folder(files: Record<string, string | Buffer> = {}): string {
  const path = mkdtempSync(join(tmpdir(), "weft-cli-"));
  folders.push(path);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

export interface Options {
  readonly cwd?: string;
  /** What stdin gives; it stays open if that is null. */
  readonly input?: string | null;
  readonly command?: readonly [string, ...string[]];
}

/** Starts the built command as a shell does. */
export function start(args: readonly string[], options: Options = {}): Running {
  const { cwd = root, input = "", command = [process.execPath, WEFT] } = options;
  const [file, ...before] = command;
  const child = spawn(file, [...before, ...args], { cwd, stdio: "pipe" });
  children.add(child);
  const said = { stdout: "", stderr: "" };
  const waiting = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
      for (const look of waiting) look();
    });
  }
  child.stdin.on("error", () => {}); // the command need not read it
  if (input !== null) child.stdin.end(input);
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => {
      children.delete(child);
      resolve({ code, signal, ...said });
    });
  });
  const until = (text: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!said.stdout.includes(text) && !said.stderr.includes(text)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { child, ended, said: until };
}

/** Runs it to its end. */
export function weft(args: readonly string[], options?: Options): Promise<Ended> {
  return start(args, options).ended;
}

/** The lines of a file, or of what was printed. */
export function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

export function read(...path: string[]): string {
  return readFileSync(join(...path), "utf8");
}
