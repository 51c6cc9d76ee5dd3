import { adaptiveLimiter } from "./adaptive-limiter.js";
import { asyncEvent } from "./async-event.js";
import { barrier } from "./barrier.js";
import { combinators, completed } from "./combinators.js";
import { condition } from "./condition.js";
import type { Explorations } from "./explorations.js";
import { taskGroup } from "./groups.js";
import { keyedLimiter, rateLimiter } from "./limits.js";
import { lock } from "./lock.js";
import { maps, pipelines } from "./pipelines.js";
import { lifoQueue, priorityQueue, queue } from "./queues.js";
import { rwLock } from "./rw-lock.js";
import { semaphore } from "./semaphore.js";
import { shields, sleeping, timeout } from "./timing.js";

/** What each primitive is explored for. */
export const primitives: Readonly<Record<string, Explorations>> = {
  Lock: lock,
  Semaphore: semaphore,
  RwLock: rwLock,
  Condition: condition,
  AsyncEvent: asyncEvent,
  Barrier: barrier,
  Queue: queue,
  LifoQueue: lifoQueue,
  PriorityQueue: priorityQueue,
  RateLimiter: rateLimiter,
  KeyedLimiter: keyedLimiter,
  AdaptiveLimiter: adaptiveLimiter,
  TaskGroup: taskGroup,
  withTimeout: timeout,
  shield: shields,
  sleep: sleeping,
  combinators,
  asCompleted: completed,
  mapConcurrent: maps,
  pipeline: pipelines,
};
