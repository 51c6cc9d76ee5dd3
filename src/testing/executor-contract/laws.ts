import type { Executor } from "../../task/index.js";

/** What a law asks of the executor that it is tried on. The rest is the backend's own. */
export interface ContractExecutorOptions {
  /** Most tasks running at once. */
  readonly limit: number;
  /** Most tasks waiting. */
  readonly capacity?: number | undefined;
}

export type OpenExecutor = (options: ContractExecutorOptions) => Executor;

/** Laws by their names. Each opens what it needs, and leaves nothing behind. */
export type Laws = Readonly<Record<string, (open: OpenExecutor) => Promise<void>>>;
