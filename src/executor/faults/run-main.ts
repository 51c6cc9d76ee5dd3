import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it printed, line by line. */
  readonly lines: string[];
}

export interface Main {
  readonly pid: number;
  /** Waits for a line that begins so, and gives the rest of it. */
  line(start: string): Promise<string>;
  readonly ended: Promise<Ended>;
}

const MAIN = fileURLToPath(new URL("./main.mjs", import.meta.url));

/** Runs a case of `main.mjs` in a process, and a process group, of its own. */
export function runMain(name: string, noun: string, flags: readonly string[] = []): Main {
  const child = spawn(process.execPath, [...flags, MAIN, name, noun], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let text = "";
  const lines = (): string[] => text.split("\n");
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  child.stderr.resume();
  const ended = new Promise<Ended>((resolve) =>
    child.on("close", (exitCode, signal) => resolve({ exitCode, signal, lines: lines() })),
  );
  const line = (start: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines()
          .slice(0, -1)
          .find((line) => line.startsWith(start));
        if (found !== undefined) resolve(found.slice(start.length).trim());
      };
      child.stdout.on("data", look);
      void ended.then(() => reject(new Error(`it ended without "${start}": ${text}`)));
      look();
    });
  return { pid: child.pid as number, line, ended };
}
