import { ours, postMessage, threadPools } from "../kinds.js";
import { python } from "../load.js";
import { coldCase, starting } from "./cold-case.js";

const bareWorker = {
  ...postMessage,
  name: "raw",
  note: "one bare Worker",
  options: { workers: 1 },
};

export default coldCase({
  url: import.meta.url,
  name: "cold",
  title: "from the opening of a pool of 2 threads to its first result",
  implementations: [
    ...[bareWorker, ours, ...threadPools].map(starting),
    python("cold.py", "threads"),
  ],
});
