import { requireFunction, requireInteger, requireMs, requirePositive } from "../../core/index.js";
import type { ThreadExecutorOptions } from "../../executor/index.js";
import type { JobExecutorOptions } from "../../executor/jobs/index.js";
import { defaultWorkers } from "../../executor/pool/default-workers.js";
import type { ChooserPlan } from "./chooser.js";

export interface AutoExecutorOptions
  extends
    JobExecutorOptions,
    Pick<
      ThreadExecutorOptions,
      "graceMs" | "idleMs" | "memoryMb" | "env" | "startTimeoutMs" | "initializer"
    > {
  /** Most tasks running at once; 64 by default. */
  readonly limit?: number | undefined;
  /** Most threads; as many as the machine computes on by default, and never more than `limit`. */
  readonly workers?: number | undefined;
  /** How long tasks may hold the event loop before it gets a turn; 10 by default. */
  readonly sliceMs?: number | undefined;
}

/** The options, checked, with their defaults, for those who need them. */
export function autoPlanOf(options: AutoExecutorOptions): {
  readonly plan: ChooserPlan;
  readonly jobs: JobExecutorOptions;
  readonly threads: ThreadExecutorOptions & { readonly workers: number };
} {
  const { limit = 64, workers = defaultWorkers(), sliceMs = 10, name, capacity, ...rest } = options;
  requireInteger("limit", limit, 1);
  requireInteger("workers", workers, 1);
  requirePositive("sliceMs", sliceMs);
  const { graceMs, idleMs, startTimeoutMs, memoryMb, initializer } = rest;
  // Threads may start much later: what is wrong with them is told now.
  for (const [what, ms] of Object.entries({ graceMs, idleMs, startTimeoutMs }))
    if (ms !== undefined) requireMs(what, ms);
  if (memoryMb !== undefined) requirePositive("memoryMb", memoryMb);
  if (initializer !== undefined) requireFunction("initializer", initializer);
  const plan = { limit, workers: Math.min(workers, limit), sliceMs };
  return { plan, jobs: { name, capacity }, threads: { ...rest, workers: plan.workers } };
}
