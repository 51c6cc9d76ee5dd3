import { KIND } from "../wire/index.js";
import type { WorkerPoolOptions } from "./pool-options.js";
import { Puppets } from "./puppet.js";
import { WorkerPool } from "./worker-pool.js";

export interface Cold {
  readonly pool: WorkerPool;
  readonly backend: Puppets;
  /** The inputs that the worker at `index` has been sent. */
  readonly inputsOf: (index: number) => unknown[];
}

/** For tests: has `law` see a pool whose workers start when it says so. */
export async function whileCold(
  options: WorkerPoolOptions,
  law: (cold: Cold) => Promise<void>,
): Promise<void> {
  const backend = new Puppets();
  backend.readyAtOnce = false;
  const inputsOf = (index: number): unknown[] =>
    backend.all[index]!.sent.filter(([kind]) => kind === KIND.run).map(([, , input]) => input);
  const pool = new WorkerPool("Pool", backend, options);
  await law({ pool, backend, inputsOf });
  const closed = pool.close({ cancelWaiting: true });
  for (const worker of backend.all) worker.exit();
  await closed;
}
