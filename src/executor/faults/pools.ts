import { ProcessExecutor, ThreadExecutor, type ThreadExecutorOptions } from "weftwork/executor";

export type Pool = ProcessExecutor | ThreadExecutor;

interface PoolKind {
  readonly noun: string;
  readonly Pool: new (options?: ThreadExecutorOptions) => Pool;
}

/** What each law holds for. */
export const pools: readonly [PoolKind, PoolKind] = [
  { noun: "thread", Pool: ThreadExecutor },
  { noun: "process", Pool: ProcessExecutor },
];
