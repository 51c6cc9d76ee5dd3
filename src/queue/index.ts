/**
 * Bounded queues between producers and consumers.
 *
 * @module
 */
export type { QueueOptions, QueueStats } from "./contract.js";
export { LifoQueue } from "./lifo-queue.js";
export { PriorityQueue, type PriorityQueueOptions } from "./priority-queue.js";
export { Queue } from "./queue.js";
