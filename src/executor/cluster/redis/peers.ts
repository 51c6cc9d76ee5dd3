import type * as bullmq from "bullmq";
import type * as ioredis from "ioredis";
import { ConcurrencyError, messageOf } from "../../../core/index.js";

/** The packages that a cluster needs, which are not installed with weftwork. */
export interface Peers {
  readonly bullmq: Pick<typeof bullmq, "Queue" | "Worker" | "WaitingError">;
  readonly ioredis: Pick<typeof ioredis, "Redis">;
}

/** Loads them. A program that has no cluster never does. */
export async function loadPeers(): Promise<Peers> {
  try {
    const [queues, redis] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { bullmq: queues, ioredis: redis };
  } catch (error) {
    const isMissing = (error as { code?: unknown }).code === "ERR_MODULE_NOT_FOUND";
    if (!isMissing) throw error;
    throw new ConcurrencyError(
      "BROKEN",
      `weftwork/cluster needs two packages that it does not install by itself: ` +
        `npm install bullmq@6 ioredis@6 (${messageOf(error)})`,
      { cause: error },
    );
  }
}
