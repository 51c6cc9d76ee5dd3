import { ours, postMessage, ring, threadPools } from "../kinds.js";
import { python } from "../load.js";
import { slower } from "../pool.js";
import { checkSum, doing, noops } from "./numbers-case.js";

const IN_FLIGHT = 1_000;

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "noop",
  title: "a task that does nothing, 1,000 in flight, 2 threads",
  unit: "ns per task",
  rate: "tasks/s",
  size: 1_000_000,
  smokeSize: 3_000,
  check: checkSum,
  implementations: [
    ...[ring, ours, slower(10)(postMessage), ...threadPools.map(slower(20))].map(
      doing(noops(IN_FLIGHT)),
    ),
    python("in_flight.py", "threads", { divide: 20, args: ["noop", String(IN_FLIGHT)] }),
  ],
};
