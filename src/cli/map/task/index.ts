/**
 * The function that a map runs, as a task that takes the text of an input and gives the text of its outputs:
 * so it is where the function runs that both are parsed and written.
 *
 * @module
 */
export { CallScope } from "./call-scope.js";
export { nameForCluster, textTaskNamed } from "./cluster-task.js";
export { loadFunction, parseAddress } from "./load-function.js";
export { type TextTasks, textTasks } from "./text-tasks.js";
