import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { posix } from "node:path";

/** What the number of workers depends on. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The CPUs that this process may be scheduled on. */
  readonly availableParallelism: () => number;
  /** The text of a file; undefined if it can't be read. */
  readonly read: (path: string) => string | undefined;
}

const thisMachine: Machine = {
  env: process.env,
  availableParallelism,
  read(path) {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return undefined;
    }
  },
};

/**
 * How many workers a pool has unless it is told: what `WEFT_WORKERS` says, else as many as can compute at
 * once. That is not `os.cpus().length`: in a container this counts the CPUs of the machine, and workers
 * beyond the quota only take turns at being throttled.
 *
 * Errors: `RangeError` if `WEFT_WORKERS` is set (and not empty) to anything but an integer >= 1.
 */
export function defaultWorkers(machine: Machine = thisMachine): number {
  const wanted = machine.env["WEFT_WORKERS"]?.trim();
  if (wanted !== undefined && wanted !== "") return parseWorkers(wanted);
  // Rounded up: half a CPU more is work that one more worker can do.
  const quota = Math.ceil(cpuQuota(machine));
  return Math.max(1, Math.min(machine.availableParallelism(), quota));
}

function parseWorkers(text: string): number {
  const workers = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(workers) && workers >= 1) return workers;
  throw new RangeError(
    `the environment variable WEFT_WORKERS must be an integer >= 1, got ${JSON.stringify(text)}`,
  );
}

/** How many CPUs' worth of time this process's Linux control groups allow; Infinity if there is no quota. */
function cpuQuota({ read }: Machine): number {
  let quota = Infinity;
  for (const line of (read("/proc/self/cgroup") ?? "").split("\n")) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) continue;
    if (controllers === "") {
      for (const root of ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"]) {
        for (const folder of foldersUp(root, path)) quota = Math.min(quota, quotaV2(read, folder));
      }
    } else if (controllers.split(",").includes("cpu")) {
      for (const root of ["/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpu,cpuacct"]) {
        for (const folder of foldersUp(root, path)) quota = Math.min(quota, quotaV1(read, folder));
      }
    }
  }
  return quota;
}

// A group is bound by every group above it. In a container the path may be the host's, of which only the
// root can be seen: it is then the container's own group, so walking up finds it all the same.
function foldersUp(root: string, path: string): string[] {
  const folders: string[] = [];
  // A group outside one's own namespace is told as `/../..`; normalised, that can't lead out of the root.
  for (let at = posix.normalize(`/${path}`); at !== "/"; at = posix.dirname(at)) {
    folders.push(posix.join(root, at));
  }
  return [...folders, root];
}

type Read = Machine["read"];

function quotaV2(read: Read, folder: string): number {
  const [quota, period] = (read(`${folder}/cpu.max`) ?? "").split(/\s+/);
  return share(quota, period); // "max 100000" where there is no limit
}

function quotaV1(read: Read, folder: string): number {
  return share(read(`${folder}/cpu.cfs_quota_us`), read(`${folder}/cpu.cfs_period_us`)); // -1: no limit
}

function share(quota: string | undefined, period: string | undefined): number {
  const cpus = Number(quota) / Number(period);
  return cpus > 0 ? cpus : Infinity;
}
