import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { defineTasks } from "../../../dist/executor/index.js";
import { inputs } from "./entry.js";

const spin = (times) => {
  let x = 1;
  for (let i = 0; i < times; i += 1) x = (x * 48271) % 2147483647;
  return x;
};

export const tasks = defineTasks(import.meta.url, {
  sleepThenCompute: async (times) => {
    await sleep(10);
    return spin(times);
  },
  readThenParse: async (path) => JSON.parse(await readFile(path, "utf8")).length,
  computeInSteps: async (times) => {
    let x = 0;
    for (let step = 0; step < 5; step += 1) {
      x += spin(times / 5);
      await Promise.resolve();
    }
    return x;
  },
  readThenHash: async (path) =>
    createHash("sha256")
      .update(await readFile(path))
      .digest("hex"),
});

/** @type {import("./entry.js").Entry[]} */
export const entries = [
  {
    name: "sleep-then-compute",
    task: tasks.sleepThenCompute,
    inputs: () => inputs(250, () => 500_000),
  },
  {
    name: "read-then-parse",
    task: tasks.readThenParse,
    inputs: ({ json }) => inputs(200, () => json),
  },
  {
    name: "compute-in-async-steps",
    task: tasks.computeInSteps,
    inputs: () => inputs(250, () => 500_000),
  },
  {
    name: "read-then-hash",
    task: tasks.readThenHash,
    inputs: ({ files }) => inputs(3000, (i) => files[i % files.length]),
  },
];
