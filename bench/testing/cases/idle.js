import { strictEqual } from "node:assert";
import { cpuOf, withCpu } from "../cpu.js";
import { DAY_MS, daysOf } from "../days.js";

const TIMERS = 1_000;
const HOUR_MS = 3_600_000;

/** @type {import("../../harness/case.js").Case} */
export default {
  url: import.meta.url,
  name: "idle",
  title: `24 virtual hours, hour by hour, beside ${TIMERS} timers that don't come`,
  unit: "ms per day",
  unitNs: 1e6,
  size: 100,
  smokeSize: 1,
  check: ({ result: passedMs }, size) => strictEqual(passedMs, size * DAY_MS),
  also: cpuOf,
  implementations: withCpu(
    1_000,
    daysOf(({ sleep, withTaskGroup }) =>
      withTaskGroup(async (group) => {
        for (let i = 0; i < TIMERS; i += 1) group.spawn((scope) => sleep(DAY_MS + HOUR_MS, scope));
        for (let hour = 0; hour < 24; hour += 1) await sleep(HOUR_MS);
        group.cancel();
      }),
    ),
  ),
};
