import type { Queue } from "bullmq";
import { within } from "./within.js";

/** How long a probe waits for Redis. */
const PATIENCE_MS = 2_000;

/** BullMQ's own metrics; nothing if Redis does not answer, since just then the host's own figures are wanted. */
export async function queueMetrics(queue: Queue, isUp: boolean): Promise<string> {
  if (!isUp) return ""; // each question would wait in memory for Redis
  let text = "";
  const asked = queue.exportPrometheusMetrics().then((metrics) => (text = metrics));
  await within(PATIENCE_MS, asked);
  return text;
}
