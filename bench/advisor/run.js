/**
 * Is the advisor right? Runs every function of the corpus under every model, and tells what following the
 * advice costs beyond the best model: `npm run bench:advisor -- --help`. See ../README.md.
 */
import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { openContext } from "./context.js";
import { heldOut, tuning } from "./corpus/index.js";
import { printHalf, resultOf } from "./report.js";

const HELP = `npm run bench:advisor -- [options]
  --half tuning|held-out   one half of the corpus; both by default
  --only NAME              one function; may be given several times
  --rounds N               how often each is measured; 5 by default
  --smoke                  tiny sizes: do all models give the same?
  --node PATH              another Node
  --json FILE              every single figure; what it holds already is not measured again`;

const { values } = parseArgs({
  options: {
    half: { type: "string" },
    only: { type: "string", multiple: true, default: [] },
    rounds: { type: "string", default: "5" },
    smoke: { type: "boolean", default: false },
    node: { type: "string", default: process.execPath },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const run = promisify(execFile);
const script = fileURLToPath(new URL("measure.js", import.meta.url));
const SMOKE_SHARE = "0.001";
const halves = { tuning, "held-out": heldOut };
const { context, close } = await openContext();
const { stdout: version } = await run(values.node, ["--version"]);
console.log(`node ${version.trim()}, ${availableParallelism()} x ${cpus()[0]?.model}`);

const measured = values.json && existsSync(values.json) ? readJson(values.json) : {};
for (const [half, entries] of Object.entries(halves)) {
  if (values.half !== undefined && values.half !== half) continue;
  const results = (measured[half] ??= []);
  const names = entries
    .map(({ name }) => name)
    .filter((name) => !values.only.length || values.only.includes(name))
    .filter((name) => !results.some((result) => result.name === name));
  // Each in a process of its own, unless it is only to be seen that they run.
  const groups = values.smoke ? [names] : names.map((name) => [name]);
  for (const group of groups) {
    results.push(...(await measure(group)));
    if (values.json) writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`);
  }
  if (!values.smoke && results.length > 0) printHalf(half, results.map(resultOf));
}
close();

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

async function measure(names) {
  const rounds = values.smoke ? "1" : values.rounds;
  const args = ["--expose-gc", "--no-warnings", script, rounds, JSON.stringify(context), ...names];
  const env = values.smoke ? { ...process.env, WEFT_BENCH_SHARE: SMOKE_SHARE } : process.env;
  try {
    const { stdout } = await run(values.node, args, { maxBuffer: 1 << 28, env });
    const lines = stdout.trim().split("\n");
    if (values.smoke) console.log(names.map((name) => `ok  ${name}`).join("\n"));
    else if (process.stderr.isTTY) process.stderr.write(`${names.join(" ")}\n`);
    return lines.map((line) => JSON.parse(line));
  } catch (error) {
    close();
    throw new Error(`${names.join(", ")}: ${error.stderr ?? error}`, { cause: error });
  }
}
