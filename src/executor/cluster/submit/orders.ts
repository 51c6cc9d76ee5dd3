import type { Redis } from "ioredis";
import type { ClusterKeys, Control } from "../wire/index.js";

/** What a submitter orders of the tasks that it has sent. */
export class Orders {
  readonly #client: Redis;
  readonly #keys: ClusterKeys;
  readonly #submitter: string;
  readonly #leftoverMs: number;
  /** What stands, as it is written, by the task's number. */
  readonly #given = new Map<string, string>();

  constructor(client: Redis, keys: ClusterKeys, submitter: string, leftoverMs: number) {
    this.#client = client;
    this.#keys = keys;
    this.#submitter = submitter;
    this.#leftoverMs = leftoverMs;
  }

  /** Hosts hear of it at once, and find it when they look later. */
  give(n: number, control: Control): void {
    this.#given.set(String(n), JSON.stringify(control));
    this.giveLast(n, control);
  }

  /** Of a task that has settled here, whatever its host still does: this stays where hosts look. */
  giveLast(n: number, control: Control): void {
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
    this.#given.delete(String(n));
    this.#client.hdel(this.#keys.controls(this.#submitter), String(n)).catch(() => {});
  }

  /** Redis has lost its memory: without this a task that was cancelled, or waits for a credit, would go on for ever. */
  repeat(): void {
    if (this.#given.size === 0) return;
    const key = this.#keys.controls(this.#submitter);
    this.#client
      .pipeline()
      .hset(key, Object.fromEntries(this.#given))
      .pexpire(key, this.#leftoverMs)
      .exec()
      .catch(() => {}); // the next lease will find it missing again, or all is closed
  }
}
