import { spawn } from "node:child_process";
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const WEFT = here("../../dist/cli/weft.js");
const FUNCTIONS = here("functions.js");
const node = process.execPath;

/** Tells, in a file, the most memory that a process of Node ever had: its parent can't ask. */
const tellPeak = (file) =>
  "data:text/javascript," +
  encodeURIComponent(
    `import { writeFileSync } from "node:fs"; process.on("exit", () => ` +
      `writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)));`,
  );

/**
 * @typedef {object} Command
 * @property {string} file
 * @property {string[]} args
 * @property {string} [stdin]  a file
 */

/** What `weft map` is called with. */
export const weft =
  (name, ...options) =>
  (from, to) => {
    const args = ["map", `${FUNCTIONS}#${name}`, from, "--out", to, "-q", ...options];
    return { file: node, args: [WEFT, ...args] };
  };

/** A script of `peers/`, with the function, the input and the output. */
export const script =
  (file, name, ...more) =>
  (from, to) => ({ file: node, args: [here(`peers/${file}`), name, from, to, ...more] });

/** A program that starts a process for each line of stdin. */
export const starter = (program, name) => (from, to) => {
  const line = `${program} "${node}" "${here("peers/one.js")}" ${name} > "$1"`;
  return { file: "sh", args: ["-c", line, "sh", to], stdin: from };
};

/**
 * A run of commands, side by side, over an input of `size` numbers, a line each. Its result: the output's
 * lines, and the most memory that the first command had, in MB.
 */
export const runOf =
  (...commands) =>
  async (size, watch) => {
    const folder = mkdtempSync(join(tmpdir(), "weft-bench-"));
    try {
      const [from, to, peak] = ["in.txt", "out.jsonl", "peak"].map((file) => join(folder, file));
      writeFileSync(from, Array.from({ length: size }, (_, i) => `${i}\n`).join(""));
      watch.start();
      await Promise.all(commands.map((command) => finished(command(from, to), peak)));
      watch.stop();
      const files = commands.length > 1 ? commands.map((_, i) => `${to}.${i}`) : [to];
      const lines = files.reduce((sum, file) => sum + linesIn(file), 0);
      return { lines, peakMb: Number(readFileSync(peak, { encoding: "utf8", flag: "a+" })) / 1024 };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

function finished({ file, args, stdin }, peak) {
  const options = file === node ? ["--import", tellPeak(peak)] : [];
  return new Promise((resolve, reject) => {
    const stdio = ["pipe", "ignore", "inherit"];
    const child = spawn(file, [...options, ...args], { stdio });
    if (stdin === undefined) child.stdin.end();
    else createReadStream(stdin).pipe(child.stdin);
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`exit code ${code}`))));
  });
}

function linesIn(file) {
  const bytes = readFileSync(file);
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}
