/**
 * Locks, semaphores, conditions, events, barriers: FIFO, cancellable, no barging.
 *
 * @module
 */
export { AsyncEvent } from "./async-event.js";
export { Barrier } from "./barrier.js";
export { Condition } from "./condition.js";
export { Lock, type LockOptions } from "./lock.js";
export { RwLock, type RwLockStats } from "./rw-lock.js";
export { Semaphore, type SemaphoreOptions, type SemaphoreStats } from "./semaphore.js";
