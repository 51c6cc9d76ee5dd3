import { parentPort as port } from "node:worker_threads";
import { byName } from "./by-name.js";

port.on("message", ({ id, name, input }) => {
  let answer;
  try {
    answer = { id, value: byName.get(name)(input) };
  } catch (error) {
    answer = { id, error };
  }
  port.postMessage(answer);
});
