import type { StallKind } from "./stall-report.js";

const CURES: Readonly<Record<StallKind, (what: string) => string>> = {
  cpu: (what) => `slice ${what} with sliced() or checkpoint(), or move it to a ThreadExecutor`,
  regexp: (what) =>
    `bound the input of the regular expression in ${what}, or rewrite its nested repeats`,
  "sync-io": (what) => `use the asynchronous call of node:fs/promises in ${what}`,
  "child-process": (what) => `use the asynchronous call of node:child_process in ${what}`,
  wait: (what) =>
    `wait asynchronously in ${what} (Atomics.waitAsync, or a lock whose acquire is awaited)`,
  json: (what) => `move ${what} to a ThreadExecutor, or send the text in smaller parts`,
  crypto: (what) => `use the asynchronous call of node:crypto in ${what}`,
  zlib: (what) => `use the asynchronous call or the stream of node:zlib in ${what}`,
  gc: (what) =>
    `allocate less in ${what}, or give the heap more room: the collector took most of the time`,
  native: () =>
    "look at what the frames before this call native code for; a worker thread can take it",
  unknown: () => "lower thresholdMs, so that the next one is seen in time",
};

export function cureOf(kind: StallKind, functionName: string | undefined): string {
  const what = functionName === undefined || functionName === "" ? "this" : `\`${functionName}\``;
  return CURES[kind](what);
}
