import { forkBatched, oursInProcesses, processPools } from "../kinds.js";
import { python } from "../load.js";
import { slower } from "../pool.js";
import { checkSum, doing, noops } from "./numbers-case.js";

const IN_FLIGHT = 1_000;
const inPython = { divide: 50, args: ["noop", String(IN_FLIGHT)] };

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "process-noop",
  title: "a task that does nothing, 1,000 in flight, 2 processes",
  unit: "us per task",
  unitNs: 1_000,
  rate: "tasks/s",
  size: 1_000_000,
  smokeSize: 3_000,
  check: checkSum,
  implementations: [
    ...[forkBatched, oursInProcesses, ...processPools.map(slower(50))].map(doing(noops(IN_FLIGHT))),
    python("in_flight.py", "processes", inPython),
    python("in_flight.py", "pool", inPython),
  ],
};
