import { hostname } from "node:os";
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { requireInteger, requireMs, requirePositive, requireThat } from "../../../core/index.js";
import { defaultWorkers } from "../../pool/index.js";
import { type ClusterConnection, requireConnection } from "../redis/index.js";
import { requireQueue } from "../submit/options.js";
import type { ResolveTask } from "./task-book.js";

export interface ClusterWorkerOptions {
  /** Where Redis is. */
  readonly connection: ClusterConnection;
  /** The name of the BullMQ queue that it serves. */
  readonly queue: string;
  /** The modules whose tasks it runs, by URL or absolute path: each calls `defineTasks`. */
  readonly tasks: string | URL | readonly (string | URL)[];
  /** What all keys in Redis begin with; `bull` by default. */
  readonly prefix?: string | undefined;
  /** How it is called in dashboards and messages; the name of the machine by default. */
  readonly name?: string | undefined;
  /** Where tasks run; `threads` by default. */
  readonly model?: "threads" | "processes" | undefined;
  /** Most parcels at once, and as many workers; by default what the machine, its container and `WEFT_WORKERS` allow. */
  readonly slots?: number | undefined;
  /** Between a cancel and the end of a worker that does not heed it, unless the submitter says; 1,000 by default. */
  readonly graceMs?: number | undefined;
  /** How long what runs may go on when the host closes, before it is given back to the queue; 10,000 by default. */
  readonly drainMs?: number | undefined;
  /** A host that is not heard of for so long loses its parcels; 10,000 by default. */
  readonly lockMs?: number | undefined;
  /** How often it looks for parcels that others have lost; 5,000 by default. */
  readonly scanMs?: number | undefined;
  /** A parcel that costs so many hosts their life is given up; 4 by default. */
  readonly maxDeliveries?: number | undefined;
  /** How long Redis may take to answer at first; 5,000 by default. */
  readonly connectTimeoutMs?: number | undefined;
  /** How long Redis may be gone before what runs is ended; 60,000 by default. */
  readonly outageMs?: number | undefined;
  /** The longest output that is sent, as text; 16 MiB by default. */
  readonly maxPayloadBytes?: number | undefined;
  /** A port on 127.0.0.1 that answers `/live`, `/ready` and `/metrics`; 0 for any, none by default. */
  readonly port?: number | undefined;
  /** @internal Finds tasks whose names no module gives. */
  readonly resolve?: ResolveTask | undefined;
}

/** The options, checked, with their defaults. */
export interface HostPlan {
  readonly connection: ClusterConnection;
  readonly queue: string;
  readonly prefix: string;
  readonly modules: readonly string[];
  readonly name: string;
  readonly model: "threads" | "processes";
  readonly slots: number;
  readonly graceMs: number;
  readonly drainMs: number;
  readonly lockMs: number;
  readonly scanMs: number;
  readonly maxDeliveries: number;
  readonly connectTimeoutMs: number;
  readonly outageMs: number;
  readonly maxPayloadBytes: number;
  readonly port: number | undefined;
  readonly resolve: ResolveTask;
}

export function hostPlanOf(options: ClusterWorkerOptions): HostPlan {
  requireThat(typeof options === "object" && options !== null, "options", "an object", options);
  const plan = {
    connection: options.connection,
    queue: options.queue,
    prefix: options.prefix ?? "bull",
    modules: modulesOf(options.tasks),
    name: options.name ?? hostname(),
    model: options.model ?? "threads",
    slots: options.slots ?? defaultWorkers(),
    graceMs: options.graceMs ?? 1_000,
    drainMs: options.drainMs ?? 10_000,
    lockMs: options.lockMs ?? 10_000,
    scanMs: options.scanMs ?? 5_000,
    maxDeliveries: options.maxDeliveries ?? 4,
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    outageMs: options.outageMs ?? 60_000,
    maxPayloadBytes: options.maxPayloadBytes ?? 16 * 2 ** 20,
    port: options.port,
    resolve: options.resolve ?? (async () => undefined),
  };
  requireConnection(plan.connection);
  requireQueue(plan.queue, plan.prefix);
  requireThat(typeof plan.name === "string", "name", "a string", plan.name);
  const isModel = plan.model === "threads" || plan.model === "processes";
  requireThat(isModel, "model", '"threads" or "processes"', plan.model);
  requireInteger("slots", plan.slots, 1);
  for (const name of ["graceMs", "drainMs", "connectTimeoutMs", "outageMs"] as const)
    requireMs(name, plan[name]);
  requirePositive("lockMs", plan.lockMs);
  requirePositive("scanMs", plan.scanMs);
  requireInteger("maxDeliveries", plan.maxDeliveries, 1);
  requireInteger("maxPayloadBytes", plan.maxPayloadBytes, 1);
  if (plan.port !== undefined) requireInteger("port", plan.port, 0);
  return plan;
}

function modulesOf(tasks: ClusterWorkerOptions["tasks"]): string[] {
  const list: readonly (string | URL)[] = Array.isArray(tasks)
    ? (tasks as (string | URL)[])
    : [tasks as string | URL];
  return list.map((module) => {
    if (module instanceof URL) return module.href;
    const isPath = typeof module === "string" && isAbsolute(module);
    if (isPath) return pathToFileURL(module).href;
    const isUrl = typeof module === "string" && URL.canParse(module);
    requireThat(isUrl, "tasks", "module URLs or absolute paths", module);
    return module;
  });
}
