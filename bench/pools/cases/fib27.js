import { strictEqual } from "node:assert";
import { ours, postMessage, threadPools } from "../kinds.js";
import { python, sumOf } from "../load.js";
import { WORKERS } from "../pool.js";
import { doing } from "./numbers-case.js";

const N = 27;
const FIB_OF_N = 196_418;
const IN_FLIGHT = 16;

const fibs = (pool) => {
  const fib = pool.task("fib");
  return (size) => sumOf({ size, inFlight: IN_FLIGHT, submit: () => fib(N) });
};

const loops = {
  name: "raw",
  note: "two loops that say nothing before their end",
  async load() {
    const { openLoops } = await import("../raw/loops.js");
    const loop = openLoops(WORKERS);
    return (size) => loop("fib", N, size);
  },
};

const inPython = (divide) => ({ divide, args: ["fib", String(IN_FLIGHT)] });

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "fib27",
  title: "fib(27) on 2 threads, 16 in flight",
  unit: "ms per task",
  unitNs: 1e6,
  rate: "tasks/s",
  size: 600,
  smokeSize: 10,
  check: (sum, size) => strictEqual(sum, size * FIB_OF_N),
  implementations: [
    loops,
    ...[ours, postMessage, ...threadPools].map(doing(fibs)),
    python("in_flight.py", "threads", { ...inPython(20), note: "one at a time: the GIL" }),
    python("in_flight.py", "processes", inPython(10)),
    python("in_flight.py", "pool", inPython(10)),
  ],
};
