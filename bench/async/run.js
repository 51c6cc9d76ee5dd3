/** The async benchmark: `npm run bench`, `npm run bench -- --help`. See ../README.md. */
import { availableParallelism, cpus } from "node:os";
import { cases } from "./cases/index.js";
import { targets } from "./targets.js";
import { readOptions } from "../harness/options.js";
import { commandVersion, installPeers, weftworkIsBuilt } from "../harness/peers.js";
import { printCase, printTargets, writeJson } from "../harness/report.js";
import { runRounds } from "../harness/rounds.js";
import { judge } from "../harness/targets.js";

const options = readOptions(cases.map((each) => each.name));
const chosen = cases.filter(({ name }) => !options.only.length || options.only.includes(name));

if (options.list) {
  for (const { name, implementations } of cases) {
    console.log(`${name}: ${implementations.map((each) => each.name).join(", ")}`);
  }
  process.exit(0);
}

installPeers();
const versions = { node: commandVersion(options.node), python: commandVersion("python3") };
if (!versions.node) {
  console.error(`--node: cannot run ${options.node}`);
  process.exit(2);
}
const built = weftworkIsBuilt();
console.log(
  `node ${versions.node}, ${availableParallelism()} x ${cpus()[0]?.model ?? "unknown processor"}`,
);
if (!versions.python) console.log("python3 is not here: its lines are left out");
if (!built) console.log("weftwork is not built (npm run build): its lines are left out");

const showProgress = process.stderr.isTTY;
const progress = (text) => showProgress && process.stderr.write(`\r\x1b[K${text}`);
const measured = [];
for (const benchCase of chosen) {
  const implementations = benchCase.implementations.filter(
    (each) => (built || each.name !== "weftwork") && (versions.python || !each.python),
  );
  const results = await runRounds(benchCase, implementations, { ...options, progress });
  measured.push({ benchCase, results });
  if (options.smoke) printSmoke(benchCase, results);
  else printCase(benchCase, results, versions);
}

const judged = options.smoke ? [] : judge(targets, measured);
printTargets(judged);
if (options.json) writeJson(options.json, measured, judged, versions);
const failed = measured.some(({ results }) => results.some((result) => result.failed));
if (failed || (options.smoke && !built)) process.exitCode = 1;

function printSmoke({ name }, results) {
  for (const { implementation, failed } of results) {
    console.log(
      `${failed ? "FAILED" : "ok"}  ${name}  ${implementation.name}${failed ? `: ${failed}` : ""}`,
    );
  }
}
