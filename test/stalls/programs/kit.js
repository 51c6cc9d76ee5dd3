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
const ATTEMPTS = 30;

/** Whether one of the reports blames the function of that name. */
export const blamed = (name) => (stalls) =>
  stalls.some(({ frames: [culprit] }) => culprit?.functionName === name);

/**
 * Watches while `main` runs, again until `seen` says that what was meant to be is among the reports, and prints
 * each as a line of JSON. Others come too: a busy machine stops a program wherever it is.
 */
export async function watching(main, seen, options = {}) {
  const stalls = [];
  const watch = watchStalls({ ...options, onStall: (stall) => stalls.push(stall) });
  await watch.ready;
  await pause(100);
  for (let i = 0; i < ATTEMPTS && !seen(stalls); i += 1) {
    await main();
    await pause(300);
  }
  watch[Symbol.dispose]();
  for (const stall of stalls) process.stdout.write(`${JSON.stringify(stall)}\n`);
}
