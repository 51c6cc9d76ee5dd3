import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const cache = join(import.meta.dirname, "../../.cache/models");

const missing = ["spin", "cc"].filter((tool) => spawnSync(tool, ["--version"]).error !== undefined);
/** A machine without them says so (`npm test` installs what it can); in CI that is a failure. */
export const skipped: boolean = missing.length > 0 && !process.env["CI"];

/** What a search through all states of a model found. */
export interface Search {
  /** False if spin gave up on some: the depth or the memory did not suffice. */
  readonly complete: boolean;
  readonly states: number;
  /** The first error in spin's words, if there is any. */
  readonly error: string | undefined;
}

/** `ends`: assertions, and runs that end too early. `cycles`: runs that never end. */
export type Question = "ends" | "cycles";

/** Searches `test/models/<model>.pml` with these macros defined. */
export async function search(
  model: string,
  question: Question,
  ...defines: readonly string[]
): Promise<Search> {
  mkdirSync(cache, { recursive: true });
  const cwd = mkdtempSync(join(cache, `${model}-`));
  try {
    const macros = defines.map((define) => `-D${define}`);
    await run("spin", [...macros, "-a", join(import.meta.dirname, `${model}.pml`)], { cwd });
    const about = question === "ends" ? "-DSAFETY" : "-DNP";
    // Not optimised: to compile better takes longer than these searches would gain.
    await run("cc", ["-O0", "-w", about, "-DMEMLIM=2000", "-o", "pan", "pan.c"], { cwd });
    const flags = question === "ends" ? [] : ["-l"];
    const { stdout } = await run("./pan", [...flags, "-n", "-m20000"], { cwd });
    return searchIn(stdout);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

export function searchIn(output: string): Search {
  const errors = /, errors: (\d+)$/m.exec(output);
  const states = /^ *([\d.e+]+) states, stored/m.exec(output);
  if (errors === null || states === null) throw new Error(`not what spin writes:\n${output}`);
  const found = /^pan:\d+: (.*)$/m.exec(output);
  return {
    complete: !/search depth too small|reached -DMEMLIM|out of memory|not complete/i.test(output),
    states: Number(states[1]),
    error: errors[1] === "0" ? undefined : (found?.[1] ?? "an error without a name"),
  };
}
