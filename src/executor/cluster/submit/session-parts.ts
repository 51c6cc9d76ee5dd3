import type { Queue } from "bullmq";
import { messageOf } from "../../../core/index.js";
import { OneTimer } from "../../jobs/index.js";
import type { ClusterKeys } from "../wire/index.js";
import { Lease } from "./lease.js";
import type { LinkPair } from "./link-pair.js";
import type { SubmitPlan } from "./options.js";
import { Orders } from "./orders.js";
import { type ReplyEvents, ReplyReader } from "./reply-reader.js";

/** What a submitter has in Redis. */
export interface SessionParts {
  readonly queue: Queue;
  readonly reader: ReplyReader;
  readonly lease: Lease;
  readonly orders: Orders;
}

/**
 * Connects, and makes what a submitter needs in Redis.
 *
 * Errors: `BROKEN` if that takes longer than `connectTimeoutMs`; what Redis says if it refuses.
 */
export async function openParts(
  links: LinkPair,
  { queue: name, prefix, connectTimeoutMs, leaseMs }: SubmitPlan,
  id: string,
  keys: ClusterKeys,
  events: Pick<ReplyEvents, "frame" | "refusal">,
): Promise<SessionParts> {
  await links.connect(connectTimeoutMs);
  const { main, reading, peers } = links;
  const timer = new OneTimer();
  timer.start(() => links.close(), connectTimeoutMs); // all that is pending rejects then
  try {
    const queue = new peers.bullmq.Queue(name, { connection: main.client, prefix });
    queue.on("error", () => {}); // whoever asked is told
    await queue.waitUntilReady();
    const reader = new ReplyReader(keys.replies(id), reading, main, {
      ...events,
      gone: () => void lease.renew().catch(() => {}), // the next tick will
      unreadable: (error) => process.emitWarning(messageOf(error), "ClusterReply"),
    });
    void reader.run();
    const lease = new Lease(main.client, keys, id, leaseMs);
    const orders = new Orders(main.client, keys, id, lease.leftoverMs);
    await lease.renew();
    lease.onLoss = () => orders.repeat();
    return { queue, reader, lease, orders };
  } finally {
    timer.stop();
  }
}
