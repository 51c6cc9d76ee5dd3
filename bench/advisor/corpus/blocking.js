import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { defineTasks } from "../../../dist/executor/index.js";
import { inputs } from "./entry.js";

export const tasks = defineTasks(import.meta.url, {
  readSync: (path) => readFileSync(path, "utf8").length,
  statMany: (paths) => {
    let bytes = 0;
    for (const path of paths) bytes += statSync(path).size;
    return bytes;
  },
  waitOnMemory: (ms) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    return ms;
  },
  execTrue: () => {
    execFileSync("true");
    return true;
  },
});

/** @type {import("./entry.js").Entry[]} */
export const entries = [
  {
    name: "read-file-sync",
    task: tasks.readSync,
    inputs: ({ files }) => inputs(8000, (i) => files[i % files.length]),
  },
  {
    name: "stat-50-files-sync",
    task: tasks.statMany,
    inputs: ({ files }) => inputs(2000, (i) => files.slice(i % 40, (i % 40) + 50)),
  },
  { name: "wait-on-memory-5ms", task: tasks.waitOnMemory, inputs: () => inputs(120, () => 5) },
  { name: "exec-file-sync", task: tasks.execTrue, inputs: () => inputs(150, (i) => i) },
];
