import { strictEqual } from "node:assert";
import { hrtime } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { ours, postMessage, ring, threadPools } from "../kinds.js";
import { doing } from "./numbers-case.js";

/** Microseconds of each round trip, sorted. */
const pings = (pauseMs) => (pool) => {
  const submit = pool.task("noop");
  return async (size) => {
    const tripsUs = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      if (pauseMs > 0) await sleep(pauseMs);
      const startedNs = hrtime.bigint();
      const value = await submit(i);
      tripsUs[i] = Number(hrtime.bigint() - startedNs) / 1e3;
      strictEqual(value, i);
    }
    return tripsUs.toSorted();
  };
};

const at = (share) => (sorted) => sorted[Math.floor(sorted.length * share)];

/**
 * @param {Pick<import("../../harness/case.js").Case, "url" | "name" | "title" | "size"> & { pauseMs: number }} which
 * @returns {import("../../harness/case.js").Case}
 */
export function pingCase({ pauseMs, ...named }) {
  return {
    ...named,
    unit: "us, p50",
    smokeSize: 50,
    check: (tripsUs, size) => strictEqual(tripsUs.length, size),
    figure: at(0.5),
    also: (tripsUs) => ({ "p99 us": at(0.99)(tripsUs) }),
    implementations: [ring, ours, postMessage, ...threadPools].map(doing(pings(pauseMs))),
  };
}
