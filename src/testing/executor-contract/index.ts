/**
 * What every executor promises, as tests: one suite for all backends, for any test framework.
 *
 * @module
 */
export {
  type ContractExecutorOptions,
  type ContractLaw,
  executorContract,
  type ExecutorContractOptions,
} from "./executor-contract.js";
