import type { Command } from "../args/index.js";
import { WORKER_MODELS } from "./models.js";

export const worker: Command = {
  name: "worker",
  summary: "Serves a queue of a cluster: runs the tasks of its modules for whoever submits them.",
  usage: ["worker --redis URL --queue Q --tasks MODULE [MODULE ...] [options]"],
  flags: [
    {
      name: "redis",
      value: "URL",
      text: "where Redis is: redis://user:password@host:6379; or WEFT_REDIS",
    },
    { name: "queue", value: "Q", text: "the BullMQ queue to serve" },
    { name: "prefix", value: "P", text: "what keys in Redis begin with: bull" },
    {
      name: "tasks",
      value: "MODULE",
      isFile: true,
      text: "a module that calls defineTasks; more may follow as words",
    },
    { name: "workers", value: "N", text: "as many as can compute at once, by default" },
    {
      name: "model",
      value: "M",
      choices: WORKER_MODELS,
      text: "threads (the default) or processes",
    },
    { name: "name", value: "NAME", text: "how dashboards and messages call it: the host's name" },
    {
      name: "drain",
      value: "T",
      text: "how long work may go on after SIGTERM: 10s; then it is given back",
    },
    { name: "grace", value: "T", text: "between asking a task to end and ending its worker: 1s" },
    { name: "lock", value: "T", text: "after so long without news its work goes to others: 10s" },
    { name: "scan", value: "T", text: "how often it looks for work that others have lost: 5s" },
    { name: "port", value: "N", text: "answers /live, /ready and /metrics on 127.0.0.1" },
  ],
  words: "files",
  notes: [
    "It runs nothing but what its own modules name by defineTasks. SIGTERM drains; a second signal ends at once.",
    "exit codes: 0 drained; 1 Redis can't be reached; 2 wrong command line; 3 a module can't be loaded",
  ],
  examples: ["weft worker --redis redis://10.0.0.5:6379 --queue images --tasks ./tasks.js"],
  run: async (args) => (await import("./run-worker.js")).runWorker(args),
};
