import { hostname } from "node:os";
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { requireInteger, requireMs, requirePositive, requireThat } from "../../../core/index.js";
import { defaultWorkers } from "../../pool/index.js";
import { type ClusterPlace, type ClusterPlaceOptions, placeOf } from "../redis/index.js";
import type { ResolveTask } from "./task-book.js";

export interface ClusterWorkerOptions extends ClusterPlaceOptions {
  /** The modules whose tasks it runs, by URL or absolute path: each calls `defineTasks`. */
  readonly tasks: string | URL | readonly (string | URL)[];
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
  /** A port on 127.0.0.1 that answers `/live`, `/ready` and `/metrics`; 0 for any, none by default. */
  readonly port?: number | undefined;
  /** @internal Finds tasks whose names no module gives. */
  readonly resolve?: ResolveTask | undefined;
}

/** The options, checked, with their defaults. */
export interface HostPlan extends ClusterPlace {
  readonly modules: readonly string[];
  readonly name: string;
  readonly model: "threads" | "processes";
  readonly slots: number;
  readonly graceMs: number;
  readonly drainMs: number;
  readonly lockMs: number;
  readonly scanMs: number;
  readonly maxDeliveries: number;
  readonly port: number | undefined;
  readonly resolve: ResolveTask;
}

export function hostPlanOf(options: ClusterWorkerOptions): HostPlan {
  const plan = {
    ...placeOf(options),
    modules: modulesOf(options.tasks),
    name: options.name ?? hostname(),
    model: options.model ?? "threads",
    slots: options.slots ?? defaultWorkers(),
    graceMs: options.graceMs ?? 1_000,
    drainMs: options.drainMs ?? 10_000,
    lockMs: options.lockMs ?? 10_000,
    scanMs: options.scanMs ?? 5_000,
    maxDeliveries: options.maxDeliveries ?? 4,
    port: options.port,
    resolve: options.resolve ?? (async () => undefined),
  };
  requireThat(typeof plan.name === "string", "name", "a string", plan.name);
  const isModel = plan.model === "threads" || plan.model === "processes";
  requireThat(isModel, "model", '"threads" or "processes"', plan.model);
  requireInteger("slots", plan.slots, 1);
  for (const name of ["graceMs", "drainMs"] as const) requireMs(name, plan[name]);
  requirePositive("lockMs", plan.lockMs);
  requirePositive("scanMs", plan.scanMs);
  requireInteger("maxDeliveries", plan.maxDeliveries, 1);
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
