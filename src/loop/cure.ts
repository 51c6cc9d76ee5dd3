import type { StallKind } from "./stall-report.js";

type NamedKind = Exclude<StallKind, "unknown">;

const CURES: Readonly<Record<NamedKind, (what: string) => string>> = {
  cpu: (what) =>
    `move ${what} to a ThreadExecutor (weft advise tells what that gains), ` +
    "or slice it with sliced() or checkpoint()",
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
};

/** Blame in a worker too: the first lets nobody end it but by force, the second slows down every thread. */
const NEVER_MEANT = new Set<NamedKind>(["regexp", "gc"]);

/** What to do about a call of that kind, in one sentence. */
export function cureOf(
  kind: NamedKind,
  functionName: string | undefined,
  inWorker: boolean,
): string {
  const what = functionName === undefined || functionName === "" ? "this" : `\`${functionName}\``;
  if (!inWorker || NEVER_MEANT.has(kind)) return CURES[kind](what);
  return (
    `nothing, if its worker has only ${what} to do: that is what workers are for, and ` +
    "`workers: false` doesn't report it; if tasks share the worker, or must hear of a cancel, slice it"
  );
}
