/**
 * Bounded concurrent maps and pipelines over any source, with backpressure from end to end.
 *
 * @module
 */
export type { ItemScope } from "./item-scope.js";
export {
  forEachConcurrent,
  type LocalMapOptions,
  mapConcurrent,
  type MapOptions,
} from "./map-concurrent.js";
export type { FlatMapFunction } from "./flat-run.js";
export type { MapFunction } from "./map-plan.js";
export {
  type MapStageOptions,
  pipeline,
  type Pipeline,
  type PipeToOptions,
  type StageOptions,
} from "./pipeline.js";
export type { Destination, NodeWritable } from "./sink.js";
