import { forkBatched, oursInProcesses, processPools } from "../kinds.js";
import { python } from "../load.js";
import { coldCase, starting } from "./cold-case.js";

const bareFork = { ...forkBatched, note: "one bare fork", options: { workers: 1 } };

export default coldCase({
  url: import.meta.url,
  name: "cold-process",
  title: "from the opening of a pool of 2 processes to its first result",
  implementations: [
    ...[bareFork, oursInProcesses, ...processPools].map(starting),
    python("cold.py", "processes"),
    python("cold.py", "pool"),
  ],
});
