import { parentPort as port } from "node:worker_threads";
import { byName } from "../tasks/by-name.js";

/** Calls a function so many times and tells the sum of what it gave. */
port.on("message", ({ name, input, times }) => {
  const run = byName.get(name);
  let sum = 0;
  for (let i = 0; i < times; i++) sum += run(input);
  port.postMessage(sum);
});
