import { performance } from "node:perf_hooks";
import { measure, sizeOf } from "./measure.js";

const SLOW_MS = 4_000;
const ROUNDS_OF_THE_SLOW = 3; // their figures need no decimals

/**
 * Measures all implementations of a case in turn, and that `rounds` times, so that whatever else the
 * machine does in these minutes hits all of them alike.
 */
export async function runRounds(benchCase, implementations, options) {
  const results = implementations.map((implementation) => ({
    implementation,
    size: sizeOf(benchCase, implementation, options.smoke),
    values: [],
    peaksKb: [],
    also: [],
    slow: false,
    failed: undefined,
  }));
  for (let round = 1; round <= options.rounds; round++) {
    for (const result of results) {
      if (result.failed || (result.slow && round > ROUNDS_OF_THE_SLOW)) continue;
      options.progress(
        `${benchCase.name}: round ${round} of ${options.rounds}, ${result.implementation.name}`,
      );
      const startedMs = performance.now();
      const measured = await measure(benchCase, result.implementation, options);
      result.slow ||= performance.now() - startedMs > SLOW_MS;
      result.failed = measured.failed;
      if (measured.failed) continue;
      result.values.push(measured.value);
      result.peaksKb.push(measured.peakKb);
      if (measured.also) result.also.push(measured.also);
    }
  }
  options.progress("");
  return results;
}
