import { strictEqual } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { ours, postMessage, threadPools, without } from "../kinds.js";

const HOLD_MS = 40;
const MOST_TRIES = 20;
const SETTLE_MS = 300;

/** Opens a pool and lets every worker do something. Gives the pool and how many workers there are. */
async function openAwake({ open }, options, workers) {
  const pool = await open({ ...options, workers });
  const whoAreYou = pool.task("whoAreYou");
  const seen = new Set();
  for (let i = 0; i < MOST_TRIES && seen.size < workers; i++) {
    const tasks = Array.from({ length: workers }, () => whoAreYou(HOLD_MS));
    for (const id of await Promise.all(tasks)) seen.add(id);
  }
  return { pool, workers: seen.size };
}

async function rssWhenQuiet() {
  await sleep(SETTLE_MS);
  globalThis.gc();
  return process.memoryUsage.rss();
}

/** A pool of one first, so that the library and its code are not counted; then one of `size`. */
function resting({ load, options, ...named }) {
  return {
    ...named,
    async load() {
      const adapter = await load();
      const pools = [];
      const run = async (size) => {
        const first = await openAwake(adapter, options, 1);
        const before = await rssWhenQuiet();
        const second = await openAwake(adapter, options, size);
        pools.push(first.pool, second.pool);
        return { bytes: (await rssWhenQuiet()) - before, workers: second.workers };
      };
      return Object.assign(run, { close: () => Promise.all(pools.map((pool) => pool.close())) });
    },
  };
}

const bareWorker = { ...postMessage, name: "raw", note: "bare Workers" };
// multithreading has one pool per program.
const pools = without(threadPools, "multithreading", "piscina 64", "tinypool 64");

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "idle-rss",
  title: "memory of one more idle thread",
  unit: "MB",
  size: 8,
  smokeSize: 2,
  once: true,
  check: ({ workers }, size) => strictEqual(workers, size),
  figure: ({ bytes, workers }) => bytes / workers / 2 ** 20,
  implementations: [bareWorker, ours, ...pools].map(resting),
};
