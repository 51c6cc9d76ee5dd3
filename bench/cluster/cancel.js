// A submitter that cancels tasks which run on a host, one after the other; prints one line of JSON.
import { ClusterExecutor } from "../../dist/executor/cluster/index.js";
import { untilCancelled } from "./tasks.js";

const [, , , port, , count] = process.argv;
const cluster = new ClusterExecutor({ connection: { port: Number(port) }, queue: "bench" });
for (let i = 0; i < 10; i += 1) await cancelled();
const tookMs = [];
for (let i = 0; i < Number(count); i += 1) tookMs.push(await cancelled());
const at = (part) => tookMs.toSorted((a, b) => a - b)[Math.floor(part * (tookMs.length - 1))];
console.log(JSON.stringify({ p50: at(0.5), p99: at(0.99), max: at(1) }));
process.exit(0);

/** From the cancel here to the end of the task there, and the news of it: longer than its scope took to hear. */
function cancelled() {
  return new Promise((resolve) => {
    const onProgress = () => {
      const startMs = performance.now();
      task.cancel();
      task.result().catch(() => resolve(performance.now() - startMs));
    };
    const task = cluster.submit(untilCancelled, undefined, { onProgress });
  });
}
