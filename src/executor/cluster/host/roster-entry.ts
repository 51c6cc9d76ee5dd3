import type { Redis } from "ioredis";
import type { ClusterKeys } from "../wire/index.js";

/** A host that has not said so for this long is no host. */
const EXPIRES_MS = 5_000;

/** How submitters know that this host is there, and how much it takes. */
export class RosterEntry {
  readonly #client: Redis;
  readonly #keys: ClusterKeys;
  readonly #id: string;

  constructor(client: Redis, keys: ClusterKeys, id: string) {
    this.#client = client;
    this.#keys = keys;
    this.#id = id;
  }

  /** A host that drains has as many slots as are taken: what runs there takes none from the others. */
  async renew(slots: number): Promise<void> {
    const { hosts, host } = this.#keys;
    const results = await this.#client
      .pipeline()
      .set(host(this.#id), slots, "PX", EXPIRES_MS)
      .sadd(hosts, this.#id)
      .exec();
    for (const [error] of results ?? []) if (error !== null) throw error;
  }

  async remove(): Promise<void> {
    const { hosts, host } = this.#keys;
    await this.#client.pipeline().del(host(this.#id)).srem(hosts, this.#id).exec();
  }
}
