import { strictEqual } from "node:assert";
import { cpuOf, withCpu } from "../cpu.js";
import { DAY_MS, daysOf } from "../days.js";

const MINUTE_MS = 60_000;

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "minutes",
  title: "24 virtual hours of somebody who wakes every minute: 1,440 timers that come",
  unit: "ms per day",
  unitNs: 1e6,
  size: 50,
  smokeSize: 1,
  check: ({ result: passedMs }, size) => strictEqual(passedMs, size * DAY_MS),
  also: cpuOf,
  implementations: withCpu(
    1_000,
    daysOf(async ({ sleep }) => {
      for (let ms = 0; ms < DAY_MS; ms += MINUTE_MS) await sleep(MINUTE_MS);
    }),
  ),
};
