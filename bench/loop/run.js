/** The benchmark of the event loop: `npm run bench:loop`; `-- --smoke` only shows that it runs. See ../README.md. */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { measure, result } from "./processes.js";

const { values } = parseArgs({
  options: {
    smoke: { type: "boolean", default: false },
    only: { type: "string" },
    node: { type: "string", default: process.execPath },
    seconds: { type: "string", default: "8" },
    json: { type: "string" },
  },
});
const { node, smoke } = values;
const seconds = smoke ? 0.5 : Number(values.seconds);
const figures = {};
/** What is offered, of what the server can do. */
const OVERLOAD = 1.6;
const log = (line) => process.stdout.write(`${line}\n`);
const whole = (n) => String(Math.round(n ?? NaN)).padStart(6);

/** What the server can do at most, by callers that wait for their answers. */
async function capacityOf(admission = "none") {
  return measure(node, admission, { seconds, pace: "x16", smoke });
}

/** Each right after the capacity of that moment, so that a machine which is slower then offers less too. */
async function overload() {
  log("offered: 1.6 times the capacity of the server, measured just before, from a second process");
  log(
    "                          capacity   in 100 ms   of it      p50      p99   refused/s   failed/s",
  );
  const admissions = [
    "none",
    "toobusy-js",
    "@fastify/under-pressure",
    "delay",
    "gradient",
    "vegas",
  ];
  for (const admission of admissions) {
    const { throughput: capacity } = await capacityOf();
    const rate = Math.round(capacity * OVERLOAD);
    const one = await measure(node, admission, { seconds, pace: rate, smoke });
    figures[admission] = { ...one, capacity, rate };
    const part = `${Math.round((100 * one.goodput) / capacity)} %`.padStart(8);
    const times = `${whole(one.p50)} ms${whole(one.p99)} ms`;
    const others = `${whole(one.refused)}/s    ${whole(one.failed)}/s`;
    const most = `${whole(capacity)}/s    ${whole(one.goodput)}/s`;
    log(`${admission.padEnd(24)}  ${most}${part}   ${times}  ${others}`);
  }
}

/** In turns, so that a machine that gets slower does so for all. */
async function throughput() {
  const admissions = ["none", "watchStalls", "watchStalls, no tasks", "monitorLoop"];
  const rounds = smoke ? 1 : 5;
  const runs = Object.fromEntries(admissions.map((admission) => [admission, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const admission of admissions) {
      const { throughput: perSecond, cpuSeconds } = await capacityOf(admission);
      runs[admission].push({ perSecond, cpuMs: (cpuSeconds * 1e3) / perSecond / (seconds + 2) });
    }
  log("\nthroughput at capacity, median of rounds");
  const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
  for (const admission of admissions) {
    const perSecond = median(runs[admission].map((run) => run.perSecond));
    const cpuMs = median(runs[admission].map((run) => run.cpuMs));
    figures[`throughput: ${admission}`] = { perSecond, cpuMs };
    log(`${admission.padEnd(24)}${whole(perSecond)}/s   ${cpuMs.toFixed(3)} ms of CPU per request`);
  }
}

async function cost() {
  log("\nof a core, in a program that is idle");
  for (const what of ["idle", "timer of 20 ms", "monitorLoop", "two of 50 ms", "watchStalls"]) {
    const part = await result(node, "cost.js", [what, smoke ? 200 : 10_000]);
    figures[`idle: ${what}`] = part;
    log(`${what.padEnd(24)}${(100 * part).toFixed(2)} %`);
  }
  const perItem = await result(node, "cost.js", ["perItem", smoke ? 1_000 : 100_000]);
  const rawPerItem = await result(node, "cost.js", ["rawPerItem", smoke ? 1_000 : 100_000]);
  const late = await result(node, "cost.js", ["timerDelay", smoke ? 1_000 : 100_000]);
  Object.assign(figures, { perItem, rawPerItem, late });
  log(`\na for await that does nothing else: ${rawPerItem.toFixed(0)} ns per item`);
  log(`sliced: ${perItem.toFixed(0)} ns per item; a timer of 1 ms beside it is late by`);
  const told = ({ p50, p99, most }) =>
    `${p50.toFixed(1)} ms (p50), ${p99.toFixed(1)} ms (p99), ${most.toFixed(1)} ms at most`;
  log(`${told(late)}; by the time that the process had: ${told(late.own)}`);
}

const parts = { overload, throughput, cost };
log(`Node ${await result(node, "version.js", [])}`);
for (const [name, part] of Object.entries(parts))
  if (values.only === undefined || values.only === name) await part();
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(figures, undefined, 2));
