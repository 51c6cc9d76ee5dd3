// A host of two slots: ours, or a bare BullMQ worker that runs the function on its own loop.
import { Worker } from "bullmq";
import { Redis } from "ioredis";
import { ClusterWorker } from "../../dist/executor/cluster/index.js";

const [, , kind, port] = process.argv;
if (kind === "weftwork") {
  const tasks = new URL("tasks.js", import.meta.url).href;
  const connection = { host: "127.0.0.1", port: Number(port) };
  await ClusterWorker.start({ connection, queue: "bench", tasks, slots: 2 });
} else {
  const connection = new Redis(Number(port), { maxRetriesPerRequest: null });
  const worker = new Worker("bench", async ({ data }) => data.map((n) => n + 1), {
    connection,
    concurrency: 2,
    removeOnComplete: { count: 1_000 },
  });
  await worker.waitUntilReady();
}
process.send("ready");
