// One submitter in a process of its own: measures, checks, and prints one line of JSON.
import { readFileSync } from "node:fs";
import { submitters } from "./submitters.js";

const [, , kind, port, perJob, jobCount, ...pids] = process.argv;
const { map, close } = submitters[kind](Number(port));
const jobs = inputs(Number(jobCount), Number(perJob));
await map(jobs.slice(0, Math.ceil(jobs.length / 10))); // warms all of them up
const before = [process.pid, ...pids].map(cpuMs);
const startMs = performance.now();
const outputs = await map(jobs);
const elapsedMs = performance.now() - startMs;
const after = [process.pid, ...pids].map(cpuMs);
outputs.forEach((output, i) => {
  if (output !== i + 1) throw new Error(`output ${i} is ${output}`);
});
if (outputs.length !== jobs.length * Number(perJob)) throw new Error(`${outputs.length} outputs`);
const [submitter, redis, host] = after.map((ms, i) => (1_000 * (ms - before[i])) / jobs.length);
console.log(
  JSON.stringify({ itemsPerSecond: (1_000 * outputs.length) / elapsedMs, submitter, redis, host }),
);
await close();
process.exit(0);

function inputs(jobs, perJob) {
  return Array.from({ length: jobs }, (_, job) =>
    Array.from({ length: perJob }, (_, i) => job * perJob + i),
  );
}

/** User and system time of a process, all its threads. */
function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
