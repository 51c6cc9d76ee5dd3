import { fileURLToPath } from "node:url";
import { Worker } from "jest-worker";
import { byName } from "../tasks/by-name.js";

const script = fileURLToPath(new URL("../tasks/work.js", import.meta.url));

export function open({ workers, threads }) {
  const farm = new Worker(script, {
    numWorkers: workers,
    enableWorkerThreads: threads,
    exposedMethods: [...byName.keys()],
  });
  return {
    task: (name) => (input) => farm[name](input),
    close: () => farm.end(),
  };
}
