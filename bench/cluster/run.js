/**
 * The benchmark of the cluster: `npm run bench:cluster`, `npm run bench:cluster -- --smoke`. Redis, one host of
 * two slots and the submitter are processes of their own, on this machine. See ../README.md.
 */
import { execFile, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { installFromDebian } from "../../scripts/steps/debian.js";
import { commandVersion, installPeers } from "../harness/peers.js";
import { table } from "../harness/table.js";

/** Whoever waits in vain is left out: `waitUntilFinished` does, now and then. */
const LIMIT_MS = 12_000;
const KINDS = ["weftwork", "addBulk + waitUntilFinished", "p-map + waitUntilFinished"];
/** Items per job, and how many jobs. */
const SIZES = [
  [1, 3_000],
  [10, 1_000],
  [100, 1_000],
  [1_000, 300],
];

const { values } = parseArgs({
  options: { smoke: { type: "boolean" }, rounds: { type: "string", default: "3" } },
});
if (!existsSync(new URL("../../dist/executor/cluster/index.js", import.meta.url))) {
  console.log("dist is not built: npm run build");
  process.exit(1);
}
installPeers();
if (commandVersion("redis-server") === undefined) installFromDebian("redis-server");
const redis = commandVersion("redis-server");
if (redis === undefined) throw new Error("redis-server is not in the path, and can't be installed");
console.log(`node ${process.versions.node}, ${redis}, ${cpus().length} x ${cpus()[0].model}\n`);

const rounds = values.smoke ? 1 : Number(values.rounds);
const rows = [];
for (const [perJob, jobs] of values.smoke ? SIZES.slice(1, 2) : SIZES) {
  const figures = new Map(KINDS.map((kind) => [kind, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of KINDS)
      figures.get(kind).push(await measure(kind, perJob, values.smoke ? 60 : jobs));
  }
  for (const [kind, all] of figures)
    rows.push(rowOf(perJob, kind, all.filter(Boolean), figures.get("weftwork")));
}
const head = [
  "items per job",
  "",
  "items/s",
  "min-max",
  "of ours",
  "us of CPU per job: submitter",
  "Redis",
  "host",
];
console.log(table(head, rows));
const cancels = await measure("cancel", 1, values.smoke ? 20 : 500);
if (cancels !== undefined) {
  const [p50, p99, max] = [cancels.p50, cancels.p99, cancels.max].map((ms) => ms.toFixed(1));
  console.log(
    `\ncancel of a running task, to the news of its end: ${p50} ms p50, ${p99} p99, ${max} max`,
  );
}

/** Everything is fresh, so that nobody inherits what another left in Redis. */
async function measure(kind, perJob, jobs) {
  const folder = mkdtempSync(join(tmpdir(), "weft-bench-"));
  const port = await freePort();
  const args = [
    "--port",
    port,
    "--bind",
    "127.0.0.1",
    "--dir",
    folder,
    "--save",
    "",
    "--appendonly",
    "yes",
  ];
  const redis = spawn("redis-server", args.map(String), { stdio: "ignore" });
  const program = new URL("host.js", import.meta.url).pathname;
  const host = fork(program, [KINDS.slice(1).includes(kind) ? "bullmq" : "weftwork", String(port)]);
  try {
    const exit = once(host, "exit").then(([code]) => {
      throw new Error(`the host exited with ${code}`);
    });
    await Promise.race([once(host, "message"), exit]);
    exit.catch(() => {}); // it is ended at the end
    const file = kind === "cancel" ? "cancel.js" : "submit.js";
    const submit = new URL(file, import.meta.url).pathname;
    const words = [submit, kind, port, perJob, jobs, redis.pid, host.pid].map(String);
    const { stdout } = await promisify(execFile)(process.execPath, words, { timeout: LIMIT_MS });
    return JSON.parse(stdout);
  } catch (error) {
    console.log(
      `${kind}, ${perJob} per job: ${error.killed ? `no end after ${LIMIT_MS} ms` : error.message}`,
    );
    return undefined; // one that fails must not hide the others
  } finally {
    host.kill("SIGKILL");
    redis.kill("SIGKILL");
    await once(redis, "exit");
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowOf(perJob, kind, all, ours) {
  if (all.length === 0) return [String(perJob), kind, "failed", "", "", "", "", ""];
  const rates = all.map(({ itemsPerSecond }) => itemsPerSecond);
  const whole = (number) => Math.round(number).toLocaleString("en");
  const rate = median(rates);
  const times = rate / median(ours.filter(Boolean).map(({ itemsPerSecond }) => itemsPerSecond));
  const cpu = ["submitter", "redis", "host"].map((who) =>
    whole(median(all.map((one) => one[who]))),
  );
  const range = `${whole(Math.min(...rates))}-${whole(Math.max(...rates))}`;
  return [String(perJob), kind, whole(rate), range, `${times.toFixed(2)} x`, ...cpu];
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
