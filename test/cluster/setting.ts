import { ClusterExecutor, type ClusterExecutorOptions } from "weftwork/cluster";
import { HostProcess } from "./host-process.js";
import type { RedisServer } from "./redis-server.js";

/** What the hosts of these tests load. */
export const modules: string[] = [
  "./programs/tasks.js",
  "../../dist/testing/executor-contract/tasks.js",
].map((path) => new URL(path, import.meta.url).href);

/**
 * So that a host's death is known soon. On a machine that has much to do a host that lives may then lose its lock
 * too, which must harm nothing; where a test counts deliveries its host is {@link CALM}.
 */
const QUICK = { lockMs: 1_000, scanMs: 500, slots: 1, maxDeliveries: 100 };

/** A host that loses nothing because it was slow, and takes its time to drain. */
export const CALM = { lockMs: 120_000, drainMs: 120_000 } as const;

let queues = 0;

export interface Setting {
  readonly queue: string;
  readonly host: (more?: object) => Promise<HostProcess>;
  readonly open: (more?: Partial<ClusterExecutorOptions>) => ClusterExecutor;
}

/** A queue of the test's own, with whatever hosts and executors it wants. */
export function cluster(
  redis: RedisServer,
  options: Partial<ClusterExecutorOptions> = {},
): Setting {
  const queue = `queue-${(queues += 1)}`;
  const host = (more: object = {}): Promise<HostProcess> =>
    HostProcess.start({ connection: redis.url, queue, tasks: modules, ...QUICK, ...more });
  const open = (more: Partial<ClusterExecutorOptions> = {}): ClusterExecutor =>
    new ClusterExecutor({ connection: redis.url, queue, ...options, ...more });
  return { queue, host, open };
}

/** Until `holds`: for what only another process knows. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
