/** A whole benchmark: choose the cases, measure them, judge the targets, print. */
import { availableParallelism, cpus } from "node:os";
import { readOptions } from "./options.js";
import { commandVersion, installPeers } from "./peers.js";
import { printCase, printTargets, writeJson } from "./report.js";
import { runRounds } from "./rounds.js";
import { judge } from "./targets.js";

/**
 * @param {object} bench
 * @param {string} bench.script      its name in `npm run`
 * @param {import("./case.js").Case[]} bench.cases
 * @param {import("./targets.js").Target[]} bench.targets
 * @param {(ours: import("./case.js").Implementation) => string | undefined} bench.missing
 *   why ours can't take part, if it can't
 */
export async function runBench({ script, cases, targets, missing }) {
  const options = readOptions(
    script,
    cases.map((each) => each.name),
  );
  if (options.list) return printList(cases);
  installPeers();
  const versions = { node: commandVersion(options.node), python: commandVersion("python3") };
  if (!versions.node) {
    console.error(`--node: cannot run ${options.node}`);
    process.exit(2);
  }
  const machine = `${availableParallelism()} x ${cpus()[0]?.model ?? "unknown processor"}`;
  console.log(`node ${versions.node}, ${machine}`);

  const chosen = cases.filter(({ name }) => !options.only.length || options.only.includes(name));
  const { takePart, oursMissing } = whoTakesPart(versions, missing);
  const showProgress = process.stderr.isTTY;
  const progress = (text) => showProgress && process.stderr.write(`\r\x1b[K${text}`);
  const measured = [];
  for (const benchCase of chosen) {
    const implementations = benchCase.implementations.filter(takePart);
    const results = await runRounds(benchCase, implementations, { ...options, progress });
    measured.push({ benchCase, results });
    if (options.smoke) printSmoke(benchCase, results);
    else printCase(benchCase, results, versions);
  }

  const judged = options.smoke ? [] : judge(targets, measured);
  printTargets(judged);
  if (options.json) writeJson(options.json, measured, judged, versions);
  const failed = measured.some(({ results }) => results.some((result) => result.failed));
  if (failed || (options.smoke && oursMissing())) process.exitCode = 1;
}

/** Tells who can be measured here, and says once of everybody else why not. */
function whoTakesPart(versions, missing) {
  const said = new Set();
  let oursAreMissing = false;
  const why = (implementation) => {
    const { name, python, needsNode } = implementation;
    if (python && !versions.python) return "python3 is not here";
    if (needsNode > Number.parseInt(versions.node, 10)) return `${name} needs Node ${needsNode}`;
    const reason = name === "weftwork" ? missing(implementation) : undefined;
    oursAreMissing ||= reason !== undefined;
    return reason;
  };
  const takePart = (implementation) => {
    const reason = why(implementation);
    if (reason && !said.has(reason)) console.log(`${reason}: its lines are left out`);
    said.add(reason);
    return reason === undefined;
  };
  return { takePart, oursMissing: () => oursAreMissing };
}

function printList(cases) {
  for (const { name, implementations } of cases) {
    console.log(`${name}: ${implementations.map((each) => each.name).join(", ")}`);
  }
}

function printSmoke({ name }, results) {
  for (const { implementation, failed } of results) {
    console.log(
      `${failed ? "FAILED" : "ok"}  ${name}  ${implementation.name}${failed ? `: ${failed}` : ""}`,
    );
  }
}
