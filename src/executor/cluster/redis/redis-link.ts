import type { Redis } from "ioredis";
import { ConcurrencyError, messageOf, WaitQueue } from "../../../core/index.js";
import { OneTimer } from "../../jobs/index.js";
import { addressOf, type ClusterConnection, redisOptions } from "./connection.js";
import type { Peers } from "./peers.js";

export interface RedisLinkOptions {
  readonly connection: ClusterConnection;
  /** For `CLIENT LIST`. */
  readonly name: string;
  /** A socket on which an answer is due for longer than this is given up. */
  readonly silenceMs: number;
}

const LONGEST_RETRY_MS = 1_000;
/** What no second try can mend. */
const REFUSED = /^(WRONGPASS|NOAUTH|NOPERM|ERR AUTH|ERR invalid password|ERR DB index)/;

/**
 * A connection to Redis, which is made again whenever it breaks. A command that is under way then is sent
 * again, so each must be one that may happen twice. Nothing is refused for being offline: how long is too long
 * is for the owner to say, who closes the link, and then all that is pending rejects.
 */
export class RedisLink {
  readonly client: Redis;
  readonly #address: string;
  readonly #waiting: WaitQueue = new WaitQueue("Redis");
  #lastError: unknown;
  #up = false;
  #isBusy = true;
  /** Called whenever it is there, and whenever it is gone. */
  onChange: (up: boolean) => void = () => {};

  constructor({ ioredis }: Peers, { connection, name, silenceMs }: RedisLinkOptions) {
    this.#address = addressOf(connection);
    this.client = new ioredis.Redis({
      ...redisOptions(connection),
      connectionName: name,
      lazyConnect: true,
      maxRetriesPerRequest: null, // BullMQ wants it so, and so do we
      enableOfflineQueue: true,
      socketTimeout: silenceMs,
      retryStrategy: (times) => Math.min(LONGEST_RETRY_MS, 25 * 2 ** Math.min(times, 10)),
    });
    this.client.on("error", (error) => this.#hear(error));
    this.client.on("ready", () => this.#turn(true));
    this.client.on("close", () => this.#turn(false));
  }

  get up(): boolean {
    return this.#up;
  }

  get lastError(): unknown {
    return this.#lastError;
  }

  /**
   * Connects, within `limitMs`.
   *
   * Errors: `BROKEN`, with what Redis or the network said as its cause. The link is closed then.
   */
  async connect(limitMs: number): Promise<void> {
    const timer = new OneTimer();
    timer.start(() => this.#waiting.failAll(this.unreachable(`within ${limitMs} ms`)), limitMs);
    this.client.connect().catch((error: unknown) => this.#hear(error));
    try {
      if (!this.#up) await this.#waiting.wait();
    } catch (error) {
      this.close();
      throw error;
    } finally {
      timer.stop();
    }
  }

  /** The error for those whose work needed this. */
  unreachable(when: string): ConcurrencyError {
    const cause = this.#lastError;
    const why = cause === undefined ? "it does not answer" : messageOf(cause);
    return new ConcurrencyError(
      "BROKEN",
      `Redis at ${this.#address} could not be reached ${when}: ${why}`,
      { cause },
    );
  }

  /** Whether the process is to stay alive for this. */
  keepAlive(isBusy: boolean): void {
    this.#isBusy = isBusy;
    const stream = this.client.stream as { ref?(): void; unref?(): void } | undefined;
    if (isBusy) stream?.ref?.();
    else stream?.unref?.();
  }

  /** At once. Whatever is pending rejects. */
  close(): void {
    this.onChange = () => {};
    this.client.disconnect();
  }

  #hear(error: unknown): void {
    this.#lastError = error;
    if (REFUSED.test((error as Error).message)) this.#waiting.failAll(this.unreachable("at all"));
  }

  #turn(up: boolean): void {
    if (this.#up === up) return;
    this.#up = up;
    if (up) {
      this.#lastError = undefined;
      this.keepAlive(this.#isBusy);
      this.#waiting.wakeAll();
    }
    this.onChange(up);
  }
}
