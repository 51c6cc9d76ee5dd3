import { watchStalls } from "weftwork/loop";

/** Blocks by computing, for so long. */
export function spin(ms) {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}

/** Somebody innocent who comes next. */
export function innocent(value) {
  return Object.keys(Object(value)).length;
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Enough that a machine which is busy with other things gives the watchdog its turn in one of them. */
const ATTEMPTS = 5;

const somebodyNamed = (stalls) => stalls.some(({ frames }) => frames.length > 0);

/**
 * Watches while `main` runs, again until `seen` says that it was, and prints every report as a line of JSON.
 */
export async function watching(main, options = {}, seen = somebodyNamed) {
  const stalls = [];
  const watch = watchStalls({ ...options, onStall: (stall) => stalls.push(stall) });
  await watch.ready;
  await pause(100);
  for (let i = 0; i < ATTEMPTS && !seen(stalls); i += 1) {
    await main(stalls);
    await pause(300);
  }
  watch[Symbol.dispose]();
  for (const stall of stalls) process.stdout.write(`${JSON.stringify(stall)}\n`);
}
