import { AutoExecutor } from "../../advisor/index.js";
import type { CancelScope } from "../../core/index.js";
import { ProcessExecutor, ThreadExecutor } from "../../executor/index.js";
import { ClusterExecutor } from "../../executor/cluster/index.js";
import { defaultWorkers } from "../../executor/pool/index.js";
import type { MapOptions } from "./options.js";
import { AutoPlace, LocalPlace, type Place, PoolPlace } from "./place/index.js";
import type { TextTasks } from "./task/index.js";

/** Most calls at once on the event loop, unless `--limit` says otherwise. */
export const ASYNC_LIMIT = 16;
/** So many inputs, four times, are on their way to a cluster or wait for it. */
const CLUSTER_LIMIT = 4_096;

/** Opens the place that `--model` names. */
export function openPlace(options: MapOptions, tasks: TextTasks, scope: CancelScope): Place {
  const { model, limit = ASYNC_LIMIT, timeoutMs } = options;
  if (model === "async") return new LocalPlace(tasks, scope, { limit, timeoutMs });
  if (model === "auto") return openAuto(options, tasks, scope);
  if (model === "cluster") return openCluster(options, tasks, scope);
  return openWorkers(model, options, tasks, scope);
}

function openWorkers(
  model: "threads" | "processes",
  { limit, workers: wanted = defaultWorkers(), timeoutMs, graceMs }: MapOptions,
  tasks: TextTasks,
  scope: CancelScope,
): Place {
  const workers = Math.min(wanted, limit ?? Infinity);
  const tasksPerWorker = Math.ceil((limit ?? workers) / workers);
  const initializer = tasks.load;
  const plan = { workers, tasksPerWorker, graceMs, initializer, capacity: Infinity };
  const pool = model === "threads" ? new ThreadExecutor(plan) : new ProcessExecutor(plan);
  const most = workers * tasksPerWorker;
  const name = `${model} x${workers}`;
  return new PoolPlace(pool, tasks, scope, { name, limit: most, timeoutMs, graceMs });
}

function openCluster(
  { redis, queue, limit, timeoutMs, graceMs }: MapOptions,
  tasks: TextTasks,
  scope: CancelScope,
): Place {
  const where = { connection: redis as string, queue: queue as string };
  const cluster = new ClusterExecutor({ ...where, limit, capacity: Infinity });
  const plan = { name: `cluster "${queue}"`, limit: limit ?? CLUSTER_LIMIT, timeoutMs, graceMs };
  return new PoolPlace(cluster, tasks, scope, { ...plan, broken: () => cluster.broken });
}

// It runs no input twice for the sake of a measure: inputs are measured as they run.
function openAuto(
  { limit = ASYNC_LIMIT, workers, timeoutMs, graceMs }: MapOptions,
  tasks: TextTasks,
  scope: CancelScope,
): Place {
  const initializer = tasks.load;
  const auto = new AutoExecutor({ limit, workers, graceMs, initializer, capacity: Infinity });
  const choice = () => auto.stats().decision;
  const plan = { name: "auto", choice, limit, timeoutMs, graceMs };
  const place = new PoolPlace(auto, tasks, scope, plan);
  return new AutoPlace(place, new LocalPlace(tasks, scope, { limit, timeoutMs }));
}
