/**
 * Locks, counters and channels on shared memory, for the threads of one process.
 *
 * Every wait exists twice: the `...Sync` one blocks the thread and is for workers, the other one awaits.
 *
 * @module
 */
export type { CodecName, ChannelCodec } from "./channel-codec.js";
export { detectDeadlocks } from "./detect-deadlocks.js";
export type { SharedHandle } from "./registry.js";
export { SharedBarrier } from "./shared-barrier.js";
export { SharedChannel, type SharedChannelOptions } from "./shared-channel.js";
export { SharedCondition } from "./shared-condition.js";
export { type CounterType, SharedCounter } from "./shared-counter.js";
export { SharedEvent } from "./shared-event.js";
export type { SharedGuard } from "./shared-guard.js";
export { SharedLock, type SharedLockOptions } from "./shared-lock.js";
export { SharedRwLock } from "./shared-rw-lock.js";
export { SharedSemaphore } from "./shared-semaphore.js";
export { SharedStruct, type StructChange } from "./shared-struct.js";
export type { FieldType, StructSchema, StructValues } from "./struct-layout.js";
export { allowBlockingMain } from "./thread.js";
export { type WatchedWorker, watchWorker } from "./watch.js";
