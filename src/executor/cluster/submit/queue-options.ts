import type { JobsOptions } from "bullmq";

/** BullMQ's largest. */
const LEAST_URGENT = 2 ** 21;
/** What failed for good is kept for people to look at. */
const KEPT = { age: 24 * 3600, count: 1_000 };
/** A host that can't tell of its results gives the parcel back: that is an attempt. */
const ATTEMPTS = 20;

/**
 * How a parcel of this priority lies in the queue. For BullMQ a job without a priority goes before all that
 * have one, so what is to go before that goes to the head of the line.
 */
export function queueOptions(jobId: string, priority: number): JobsOptions {
  return {
    jobId,
    attempts: ATTEMPTS,
    backoff: { type: "fixed", delay: 500 },
    removeOnComplete: true,
    removeOnFail: KEPT,
    ...(priority < 0 && { lifo: true }),
    ...(priority > 0 && { priority: Math.min(LEAST_URGENT, Math.ceil(priority)) }),
  };
}
