import { Queue, QueueEvents } from "bullmq";
import { Redis } from "ioredis";
import pMap from "p-map";
import { ClusterExecutor } from "../../dist/executor/cluster/index.js";
import { next } from "./tasks.js";

/** Most jobs under way at once, for those who must be told. */
const IN_FLIGHT = 50;

/** Who submits: each gives a function that maps `jobs` arrays of inputs, and one that ends it. */
export const submitters = {
  weftwork: (port) => {
    const cluster = new ClusterExecutor({ connection: { port }, queue: "bench" });
    const map = (jobs) => {
      const limit = IN_FLIGHT;
      return cluster.map(next, jobs.flat(), { chunkSize: jobs[0].length, limit }).toArray();
    };
    return { map, close: () => cluster.close() };
  },

  "addBulk + waitUntilFinished": (port) => {
    const { queue, events, close } = openBullMq(port);
    const map = async (jobs) => {
      await events.waitUntilReady(); // a job that ends before that is waited for in vain
      const outputs = [];
      for (let at = 0; at < jobs.length; at += IN_FLIGHT) {
        const some = jobs.slice(at, at + IN_FLIGHT).map((data) => ({ name: "next", data }));
        const added = await queue.addBulk(some);
        outputs.push(...(await Promise.all(added.map((job) => job.waitUntilFinished(events)))));
      }
      return outputs.flat();
    };
    return { map, close };
  },

  "p-map + waitUntilFinished": (port) => {
    const { queue, events, close } = openBullMq(port);
    const one = async (data) => (await queue.add("next", data)).waitUntilFinished(events);
    const map = async (jobs) => {
      await events.waitUntilReady();
      return (await pMap(jobs, one, { concurrency: IN_FLIGHT })).flat();
    };
    return { map, close };
  },
};

function openBullMq(port) {
  const connection = new Redis(port, { maxRetriesPerRequest: null });
  const queue = new Queue("bench", { connection });
  const events = new QueueEvents("bench", { connection: connection.duplicate() });
  const close = async () => {
    await events.close();
    await queue.close();
    connection.disconnect();
  };
  return { queue, events, close };
}
