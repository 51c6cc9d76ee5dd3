/**
 * What a module of tasks needs, and nothing that its workers don't have already. `weftwork/executor` has the
 * same functions, but a worker has no use for the pools that come with it, and starts later for them.
 *
 * @module
 */
export type { TaskFunction, TaskScope } from "../../task/index.js";
export { defineErrors, type ErrorClass } from "../errors/index.js";
export { defineTasks } from "../tasks/index.js";
