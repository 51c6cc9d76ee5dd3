import { requireFunction } from "../../core/index.js";
import { argumentLaws } from "./arguments.js";
import { anyFunctionLaws, namedOnlyLaws, textLaws } from "./by-text.js";
import { cancelLaws } from "./cancelling.js";
import { closeLaws } from "./closing.js";
import { errorLaws } from "./errors.js";
import type { ContractExecutorOptions, Laws, OpenExecutor } from "./laws.js";
import { lineLaws } from "./line.js";
import { mapLaws } from "./mapping.js";
import { streamLaws } from "./streaming.js";
import { tellingLaws } from "./telling.js";
import { timeoutLaws } from "./timeouts.js";
import { valueLaws } from "./values.js";
import { workerLaws } from "./workers.js";

export type { ContractExecutorOptions };

export interface ExecutorContractOptions {
  /**
   * True (the default) if tasks run in workers, which share no memory with this thread and can be killed.
   * False for tasks that run where they are submitted.
   */
  readonly inWorkers?: boolean;
  /** True (the default) if it runs functions that no `defineTasks` has named; a cluster does not. */
  readonly unnamed?: boolean;
}

/** A promise that every executor keeps, and the test of it. */
export interface ContractLaw {
  readonly law: string;
  /** Resolves if the law holds. It opens executors of its own, and closes them. */
  readonly run: () => Promise<void>;
}

const EVERYWHERE: Laws = {
  ...valueLaws,
  ...errorLaws,
  ...cancelLaws,
  ...timeoutLaws,
  ...lineLaws,
  ...mapLaws,
  ...streamLaws,
  ...closeLaws,
  ...tellingLaws,
  ...argumentLaws,
};

/**
 * What every executor promises, as tests for any framework. A backend is done when they pass.
 *
 * The laws are to be tried one after the other, on Node: some stop the clock, some look at the warnings
 * of the process. None sleeps. A law that fails by waiting for ever is for the framework to end.
 *
 * @example
 * const open = (options: { limit: number }) => new InlineExecutor(options);
 * for (const { law, run } of executorContract(open, { inWorkers: false })) {
 *   if (law.startsWith("a falsy rejection")) await run(); // with a framework: test(law, run)
 * }
 */
export function executorContract(
  open: OpenExecutor,
  { inWorkers = true, unnamed = true }: ExecutorContractOptions = {},
): ContractLaw[] {
  requireFunction("open", open);
  const laws = {
    ...EVERYWHERE,
    ...(inWorkers && workerLaws),
    ...(unnamed ? anyFunctionLaws : namedOnlyLaws),
    ...(inWorkers && unnamed && textLaws),
  };
  return Object.entries(laws).map(([law, test]) => ({ law, run: () => test(open) }));
}
