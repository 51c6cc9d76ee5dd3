/**
 * How a function is named, so that a worker finds it: by the module that defines it, or by its own text.
 *
 * @module
 */
export {
  addressExport,
  addressOf,
  type AnyTask,
  definedTasks,
  defineTasks,
  type TaskAddress,
  taskAt,
} from "./define-tasks.js";
export { ChunkFailure, firstUncloneable, type PackedChunkFailure } from "./chunk.js";
export { compileTask, explainOutside } from "./function-source.js";
export { Outflow, requireOneOutput } from "./outflow.js";
export { type TaskRef, TaskRefs } from "./task-ref.js";
