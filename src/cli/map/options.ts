import { type Arguments, choiceOf, countOf, durationOf, integerOf, rateOf } from "../args/index.js";
import { usageError } from "../cli-error.js";
import { redisOf } from "../redis-url.js";
import { type StallOptions, stallOptionsOf } from "../stalls/index.js";
import { MODELS, ON_ERROR } from "./flags.js";
import { type InputOptions, inputOptionsOf } from "./input-options.js";

/** What the flags of a map say, with their defaults. */
export interface MapOptions extends InputOptions {
  readonly out: string | undefined;
  readonly errors: string | undefined;
  readonly ordered: boolean;
  readonly withInput: boolean;
  readonly model: (typeof MODELS)[number];
  /** Of a cluster. */
  readonly redis: string | undefined;
  readonly queue: string | undefined;
  readonly limit: number | undefined;
  readonly workers: number | undefined;
  readonly rate: { readonly permits: number; readonly perMs: number } | undefined;
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly timeoutMs: number | undefined;
  readonly graceMs: number;
  readonly onError: (typeof ON_ERROR)[number];
  readonly maxErrors: number;
  readonly start: "new" | "resume" | "retry-failed" | "restart";
  readonly fsyncMs: number;
  readonly stalls: StallOptions | undefined;
  readonly quiet: boolean;
}

export function optionsOf(args: Arguments): MapOptions {
  const options: MapOptions = {
    ...inputOptionsOf(args, args.words.length > 1),
    out: args.get("out"),
    errors: args.get("errors"),
    ordered: !args.has("unordered"),
    withInput: args.has("with-input"),
    model: choiceOf(args, "model", MODELS) ?? "auto",
    redis: args.get("model") === "cluster" ? redisOf(args) : args.get("redis"),
    queue: args.get("queue"),
    limit: countOf(args, "limit"),
    workers: countOf(args, "workers"),
    rate: rateOf(args, "rate"),
    retries: integerOf(args, "retries", 0) ?? 0,
    retryDelayMs: durationOf(args, "retry-delay") ?? 200,
    timeoutMs: durationOf(args, "timeout"),
    graceMs: durationOf(args, "grace") ?? 5_000,
    onError: choiceOf(args, "on-error", ON_ERROR) ?? "skip",
    maxErrors: integerOf(args, "max-errors", 0) ?? Infinity,
    start: startOf(args),
    fsyncMs: durationOf(args, "fsync") ?? 1_000,
    stalls: stallOptionsOf(args),
    quiet: args.has("quiet"),
  };
  refuseContradictions(options);
  return options;
}

function startOf(args: Arguments): MapOptions["start"] {
  const given = (["resume", "retry-failed", "restart"] as const).filter((flag) => args.has(flag));
  if (given.length > 1) throw usageError(`--${given[0]} and --${given[1]} exclude each other`);
  if (given.length > 0 && !args.has("out")) throw usageError(`--${given[0]} needs --out`);
  return given[0] ?? "new";
}

function refuseContradictions(options: MapOptions): void {
  const { onError, start, model, workers, queue, redis } = options;
  if (start === "retry-failed" && onError === "collect")
    throw usageError("--retry-failed can't mend an output in which failures are records (collect)");
  if (workers !== undefined && (model === "async" || model === "cluster"))
    throw usageError(`--workers is for threads and processes, not for ${model}`);
  if (model === "cluster" && queue === undefined) throw usageError("--model cluster wants --queue");
  if (model !== "cluster" && (queue !== undefined || redis !== undefined))
    throw usageError("--redis and --queue are for --model cluster");
}
