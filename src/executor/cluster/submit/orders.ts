import type { Redis } from "ioredis";
import type { ClusterKeys, Control } from "../wire/index.js";

/** What a submitter orders of the tasks that it has sent. */
export class Orders {
  readonly #client: Redis;
  readonly #keys: ClusterKeys;
  readonly #submitter: string;
  readonly #leftoverMs: number;

  constructor(client: Redis, keys: ClusterKeys, submitter: string, leftoverMs: number) {
    this.#client = client;
    this.#keys = keys;
    this.#submitter = submitter;
    this.#leftoverMs = leftoverMs;
  }

  /** Hosts hear of it at once, and find it when they look later. */
  give(n: number, control: Control): void {
    const s = this.#submitter;
    const key = this.#keys.controls(s);
    this.#client
      .pipeline()
      .hset(key, String(n), JSON.stringify(control))
      .pexpire(key, this.#leftoverMs)
      .publish(this.#keys.orders, JSON.stringify({ s, n, control }))
      .exec()
      .catch(() => {}); // closed meanwhile
  }

  /** The task has settled: nobody need know any more what was ordered. */
  forget(n: number): void {
    this.#client.hdel(this.#keys.controls(this.#submitter), String(n)).catch(() => {});
  }
}
