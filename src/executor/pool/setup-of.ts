import type { Job } from "../jobs/index.js";

/** What the worker is to know of a run beside its input, if anything. */
export function setupOf(job: Job): object | undefined {
  const { givenName: name } = job;
  const { traceparent, timeoutMs, queueTimeoutMs } = job.options;
  const { attempt, jobKey, tell: tells = false } = job.delivery ?? {};
  const tell = timeoutMs !== undefined || queueTimeoutMs !== undefined || tells;
  const credit = job.sink?.firstCredit;
  const chunk = job.units > 1;
  const moved = job.options.transfer !== undefined;
  const plain =
    name === undefined && traceparent === undefined && credit === undefined && jobKey === undefined;
  if (plain && !tell && !chunk && !moved) return undefined;
  return { name, traceparent, tell, credit, chunk, moved, attempt, jobKey };
}
