import {
  requireFunction,
  requireInteger,
  requireMs,
  requirePositive,
  requireThat,
} from "../../core/index.js";
import type { JobExecutorOptions } from "../jobs/index.js";
import { defaultWorkers } from "./default-workers.js";

export interface WorkerPoolOptions extends JobExecutorOptions {
  /** Most workers; by default what the machine, its container and `WEFT_WORKERS` allow. */
  readonly workers?: number | undefined;
  /** Most started tasks per worker; 1 by default. More is for tasks that mostly wait: they share its end too. */
  readonly tasksPerWorker?: number | undefined;
  /** Between a cancel and the end of a worker that does not heed it; 1,000 by default. */
  readonly graceMs?: number | undefined;
  /** How long a worker may take to start, its initializer included; 30,000 by default. */
  readonly startTimeoutMs?: number | undefined;
  /** A worker that has had nothing to do for this long, up to twice as long, ends; 30,000 by default. */
  readonly idleMs?: number | undefined;
  /** A worker is replaced after so many tasks, where each input of a map counts; never by default. */
  readonly maxTasksPerWorker?: number | undefined;
  /** A worker that uses more memory than this after a task is replaced: a thread's heap, a process's whole memory. */
  readonly memoryMb?: number | undefined;
  /** Runs in each worker before its first task, and is waited for. It must be named by `defineTasks` or self-contained. */
  readonly initializer?: ((input: never) => unknown) | undefined;
  /** The whole environment of the workers; that of this process by default. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The options, checked, with their defaults. */
export interface PoolPlan {
  readonly workers: number;
  readonly tasksPerWorker: number;
  readonly graceMs: number;
  readonly startTimeoutMs: number;
  readonly idleMs: number;
  readonly maxTasksPerWorker: number;
  readonly memoryMb: number | undefined;
  readonly initializer: ((input: never) => unknown) | undefined;
}

export function poolPlanOf(options: WorkerPoolOptions): PoolPlan {
  const {
    workers = defaultWorkers(),
    tasksPerWorker = 1,
    graceMs = 1000,
    startTimeoutMs = 30_000,
    idleMs = 30_000,
    maxTasksPerWorker = Infinity,
    memoryMb,
    initializer,
    env,
  } = options;
  requireInteger("workers", workers, 1);
  requireInteger("tasksPerWorker", tasksPerWorker, 1);
  requireMs("graceMs", graceMs);
  requireMs("startTimeoutMs", startTimeoutMs);
  requireMs("idleMs", idleMs);
  requireInteger("maxTasksPerWorker", maxTasksPerWorker, 1, true);
  if (memoryMb !== undefined) requirePositive("memoryMb", memoryMb);
  if (initializer !== undefined) requireFunction("initializer", initializer);
  if (env !== undefined)
    requireThat(typeof env === "object" && env !== null, "env", "an object", env);
  return {
    workers,
    tasksPerWorker,
    graceMs,
    startTimeoutMs,
    idleMs,
    maxTasksPerWorker,
    memoryMb,
    initializer,
  };
}
