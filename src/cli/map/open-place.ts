import type { CancelScope } from "../../core/index.js";
import { ProcessExecutor, ThreadExecutor } from "../../executor/index.js";
import { defaultWorkers } from "../../executor/pool/index.js";
import type { MapOptions } from "./options.js";
import { LocalPlace, type Place, PoolPlace } from "./place/index.js";
import type { TextTasks } from "./task/index.js";

/** Most calls at once on the event loop. */
const ASYNC_LIMIT = 16;

/** Opens the place that `--model` names. */
export function openPlace(options: MapOptions, tasks: TextTasks, scope: CancelScope): Place {
  const { model, limit, timeoutMs, graceMs } = options;
  if (model === "async" || model === "auto")
    return new LocalPlace(tasks, scope, { limit: limit ?? ASYNC_LIMIT, timeoutMs });
  const workers = Math.min(options.workers ?? defaultWorkers(), limit ?? Infinity);
  const tasksPerWorker = Math.ceil((limit ?? workers) / workers);
  const pool = { workers, tasksPerWorker, graceMs, capacity: Infinity };
  const executor = model === "threads" ? new ThreadExecutor(pool) : new ProcessExecutor(pool);
  return new PoolPlace(executor, tasks, scope, {
    name: `${model} x${workers}`,
    limit: workers * tasksPerWorker,
    timeoutMs,
    graceMs,
  });
}
