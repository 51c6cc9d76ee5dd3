/**
 * What all executors do alike: take tasks in, keep them in line, count them, stream and map, close.
 *
 * @module
 */
export { type CloseOptions, JobExecutor, type JobExecutorOptions } from "./job-executor.js";
export type { Delivery } from "./delivery.js";
export { type ItemSink, Job } from "./job.js";
export { OneTimer } from "./one-timer.js";
