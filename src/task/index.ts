/**
 * Task groups, timeouts, shield and combinators: structured concurrency on one event loop.
 *
 * @module
 */
export { asCompleted, type SettledTask } from "./as-completed.js";
export { checkpoint } from "./checkpoint.js";
export { all, allSettled, any, type Bodies, type CombinatorOptions, race } from "./combinators.js";
export type {
  Executor,
  ExecutorMapOptions,
  ExecutorStats,
  SubmitOptions,
  TaskFunction,
  TaskScope,
} from "./executor.js";
export type { GroupState, RunningTask, TaskGroupStats } from "./group-stats.js";
export type { Results, Source } from "./results.js";
export { runMain, type RunMainOptions } from "./run-main.js";
export { shield, type ShieldOptions } from "./shield.js";
export { now, sleep } from "./sleep.js";
export { TaskGroup, type TaskGroupOptions, withTaskGroup } from "./task-group.js";
export type { Body, SpawnOptions, Task, TaskState } from "./task.js";
export { withDeadline, withTimeout } from "./timeout.js";
export type { TimeoutScope } from "./timer-scope.js";
