import type { Redis } from "ioredis";
import { host } from "../../../core/index.js";
import type { ClusterKeys } from "../wire/index.js";

/** What a submitter keeps in Redis outlives it by so many leases. */
const LEFTOVER_LEASES = 10;

/** How hosts know that a submitter lives: a key that expires unless it is renewed. */
export class Lease {
  readonly leftoverMs: number;
  readonly #client: Redis;
  readonly #keys: ClusterKeys;
  readonly #id: string;
  readonly #leaseMs: number;
  #renewedMs = -Infinity;
  /** Called when Redis did not know of this submitter any more. */
  onLoss: () => void = () => {};

  constructor(client: Redis, keys: ClusterKeys, id: string, leaseMs: number) {
    this.#client = client;
    this.#keys = keys;
    this.#id = id;
    this.#leaseMs = Math.ceil(leaseMs);
    this.leftoverMs = LEFTOVER_LEASES * this.#leaseMs;
  }

  /** True if it was due, or `anyway`. */
  async renewIfDue(anyway: boolean): Promise<boolean> {
    if (!anyway && host.nowMs() - this.#renewedMs <= this.#leaseMs / 3) return false;
    await this.renew();
    return true;
  }

  /** Also sees to it that there is a stream for the replies, with an end in time: hosts make none. */
  async renew(): Promise<void> {
    this.#renewedMs = host.nowMs();
    const stream = this.#keys.replies(this.#id);
    const results = await this.#client
      .pipeline()
      .set(this.#keys.lease(this.#id), "1", "PX", this.#leaseMs)
      .pexpire(stream, this.leftoverMs)
      .exec();
    for (const [error] of results ?? []) if (error !== null) throw error;
    if (results?.[1]?.[1] === 1) return;
    await this.#client
      .pipeline()
      .xadd(stream, "*", "hello", "1")
      .pexpire(stream, this.leftoverMs)
      .exec();
    this.onLoss();
  }
}
