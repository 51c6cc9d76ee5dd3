/**
 * Tests of concurrent code without sleeping: virtual time, and the contract of executors as a suite.
 *
 * @module
 */
export {
  type ContractExecutorOptions,
  type ContractLaw,
  executorContract,
  type ExecutorContractOptions,
} from "./executor-contract/index.js";
export {
  type Exploration,
  ExplorationError,
  type Explore,
  explore,
  explored,
  type ExploreOptions,
  type FindingKind,
  type History,
  linearizable,
  type Model,
  type Program,
  replay,
  step,
  WAITS,
} from "./explore/index.js";
export { awaitPoints, type AwaitPointsPlugin } from "./register/vite-plugin.js";
export { VirtualHost, type VirtualHostOptions } from "./virtual-host.js";
