import type { Worker } from "bullmq";
import type { Peers, RedisLink } from "../redis/index.js";
import type { HostPlan } from "./options.js";
import type { ParcelDesk } from "./parcel-desk.js";
import { RefusalNotes } from "./refusal-notes.js";

/** BullMQ's worker: it takes jobs, holds their locks, and looks for those whose hosts have lost them. */
export function newQueueWorker(
  { bullmq }: Peers,
  { queue, prefix, slots, lockMs, scanMs, maxDeliveries, name }: HostPlan,
  link: RedisLink,
  desk: ParcelDesk,
): Worker {
  const worker = new bullmq.Worker(queue, (job, token) => desk.process(job, token), {
    connection: link.client,
    prefix,
    name,
    autorun: false,
    concurrency: slots,
    lockDuration: lockMs,
    stalledInterval: scanMs,
    // A job that stalls more often than this fails, whatever its attempts say.
    maxStalledCount: maxDeliveries - 1,
  });
  const notes = new RefusalNotes(queue);
  worker.on("error", (error) => notes.hear(error)); // it goes on by itself
  worker.on("lockRenewalFailed", (ids) => {
    for (const id of ids) desk.abandon(id, "another host has its parcel");
  });
  return worker;
}
