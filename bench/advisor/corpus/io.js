import { readFile } from "node:fs/promises";
import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { defineTasks } from "../../../dist/executor/index.js";
import { inputs } from "./entry.js";

export const tasks = defineTasks(import.meta.url, {
  sleep20: async (n) => {
    await sleep(20);
    return n;
  },
  httpGet: (port) =>
    new Promise((resolve, reject) => {
      get({ port, host: "127.0.0.1", path: "/" }, (response) => {
        let length = 0;
        response.on("data", (data) => (length += data.length));
        response.on("end", () => resolve(length));
      }).on("error", reject);
    }),
  readAsync: async (path) => (await readFile(path, "utf8")).length,
});

/** @type {import("./entry.js").Entry[]} */
export const entries = [
  { name: "sleep-20ms", task: tasks.sleep20, inputs: () => inputs(1200, (i) => i) },
  { name: "http-get", task: tasks.httpGet, inputs: ({ port }) => inputs(1200, () => port) },
  {
    name: "read-file-async",
    task: tasks.readAsync,
    inputs: ({ files }) => inputs(4000, (i) => files[i % files.length]),
  },
];
