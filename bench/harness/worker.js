/**
 * One implementation of one case, in a process of its own: load it, warm it up, measure it, check what
 * it computed, print one line of JSON.
 *
 *     node [--expose-gc] worker.js <case module URL> <implementation> <size> <warm-up size>
 */
import { hrtime, resourceUsage } from "node:process";
import { median, medians } from "./statistics.js";

const WARM_UP_RUNS = 2;
// A short run is repeated, and counts with its median: a neighbour's burst may be as long as the run.
const ENOUGH_NS = 600e6;
const MOST_RUNS = 5;
const CLOSE_MS = 5_000; // the figure is out by then: one that can't close must not cost it

/** Times a run. An implementation calls `start` itself when its preparation is not to be counted. */
class Stopwatch {
  #startedNs = 0n;
  ns = 0;

  start() {
    this.#startedNs = hrtime.bigint();
  }

  stop() {
    this.ns = Number(hrtime.bigint() - this.#startedNs);
  }
}

async function measure(run, size) {
  const watch = new Stopwatch();
  watch.start();
  const result = await run(size, watch);
  watch.stop();
  return { ns: watch.ns, result };
}

const [caseUrl, name, sizeText, warmUpSizeText] = process.argv.slice(2);
const { default: benchCase } = await import(caseUrl);
const implementation = benchCase.implementations.find((each) => each.name === name);
const run = await implementation.load();

const size = Number(sizeText);
const warmUpSize = Number(warmUpSizeText);
for (let i = 0; i < WARM_UP_RUNS && warmUpSize > 0; i++) await measure(run, warmUpSize);

const figures = [];
const also = [];
let totalNs = 0;
let peakKb;
do {
  globalThis.gc?.(); // not in a case without flags
  const { ns, result } = await measure(run, size);
  peakKb ??= resourceUsage().maxRSS; // of one run, and before the check needs memory
  benchCase.check(result, size);
  // A case that measures something else than time returns the figure as its result.
  figures.push(benchCase.figure ? benchCase.figure(result, size) : ns / size);
  if (benchCase.also) also.push(benchCase.also(result, size));
  totalNs += ns;
} while (warmUpSize > 0 && totalNs < ENOUGH_NS && figures.length < MOST_RUNS);

const answer = JSON.stringify({ value: median(figures), peakKb, also: medians(also) });
process.stdout.write(`${answer}\n`, async () => {
  setTimeout(() => process.exit(0), CLOSE_MS);
  await run.close?.();
  process.exit(0);
});
