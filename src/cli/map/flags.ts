import type { Flag } from "../args/index.js";
import { stallFlags } from "../stalls/index.js";
import { inputFlags } from "./input-options.js";

export const MODELS = ["auto", "async", "threads", "processes", "cluster"] as const;
export const ON_ERROR = ["stop", "skip", "collect"] as const;

/** The flags of `weft map`, in the order of the help. */
export const flags: readonly Flag[] = [
  ...inputFlags,
  {
    name: "out",
    short: "o",
    value: "FILE",
    isFile: true,
    text: "where results go, not stdout; can be resumed",
  },
  { name: "errors", value: "FILE", isFile: true, text: "a JSON record for each input that failed" },
  { name: "unordered", text: "results as they come, not in the order of the inputs" },
  { name: "with-input", text: "records are { input, output }" },
  {
    name: "model",
    value: "M",
    choices: MODELS,
    text: "auto, async, threads, processes or cluster; auto measures",
  },
  { name: "limit", value: "N", text: "most calls at once: 16 for async, one per worker" },
  {
    name: "workers",
    value: "N",
    text: "threads or processes: by default as many as can compute at once",
  },
  { name: "redis", value: "URL", text: "cluster: where Redis is; or WEFT_REDIS" },
  { name: "queue", value: "Q", text: "cluster: the queue that its hosts serve" },
  { name: "rate", value: "N/s", text: "most calls started per time: 50/s, 1000/m" },
  { name: "retries", value: "N", text: "tries again what failed, up to N times" },
  {
    name: "retry-delay",
    value: "T",
    text: "longest pause before the first retry, 200ms; doubles with each",
  },
  { name: "timeout", value: "T", text: "for each call, from its start: 500ms, 5s, 2m" },
  { name: "grace", value: "T", text: "between asking a call to end and ending its worker: 5s" },
  {
    name: "on-error",
    value: "W",
    choices: ON_ERROR,
    text: "stop; skip (the default); or collect, as records of the output",
  },
  { name: "max-errors", value: "N", text: "stops when more have failed" },
  { name: "resume", text: "goes on where an interrupted run with --out ended" },
  { name: "retry-failed", text: "runs what failed in a run with --out that is through" },
  { name: "restart", text: "throws away an interrupted run" },
  { name: "fsync", value: "T", text: "how often what is written is made durable: 1s" },
  ...stallFlags,
  { name: "quiet", short: "q", text: "no progress and no summary" },
];
