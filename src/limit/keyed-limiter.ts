import {
  gate,
  label,
  type Permit,
  requireInteger,
  scopeOf,
  type Wait,
  WaitQueue,
} from "../core/index.js";

export interface KeyedLimiterOptions {
  /** Most holders at once of each key. */
  readonly limitPerKey: number;
  /** Most holders at once of all keys together; `Infinity` by default. */
  readonly limit?: number;
  /** For messages and traces. */
  readonly name?: string;
}

export interface KeyedLimiterStats {
  /** Keys that are held or waited for; others take no memory. */
  readonly keys: number;
  readonly running: number;
  readonly waiting: number;
}

/** What is known of one key. */
interface Lane<K> {
  readonly key: K;
  readonly waiters: WaitQueue<Permit>;
  running: number;
}

/**
 * Limits holders per key, and over all keys; with `limitPerKey: 1` it is a lock per key.
 *
 * Within a key it is FIFO; between keys that wait for the common limit it is round robin, so a key with a
 * thousand callers delays one with a single caller by one turn.
 *
 * Invariants: a lane is *ready* if it has waiters and fewer than `limitPerKey` holders. If a lane is
 * ready, the common limit is reached.
 *
 * @example
 * const perHost = new KeyedLimiter<string>({ limitPerKey: 2, limit: 20 });
 * using place = await perHost.acquire("example.org");
 */
export class KeyedLimiter<K> {
  readonly #limitPerKey: number;
  readonly #limit: number;
  readonly #name: string;
  readonly #lanes = new Map<K, Lane<K>>();
  /** The lanes that are ready, in the order of the round. */
  readonly #ready = new Set<Lane<K>>();
  #running = 0;

  constructor({ limitPerKey, limit = Infinity, name }: KeyedLimiterOptions) {
    requireInteger("limitPerKey", limitPerKey, 1, true);
    requireInteger("limit", limit, 1, true);
    this.#limitPerKey = limitPerKey;
    this.#limit = limit;
    this.#name = label("keyed limiter", name);
  }

  /** Takes a place for `key` if one is free now; never waits. */
  tryAcquire(key: K): Permit | undefined {
    const lane = this.#lanes.get(key);
    if (this.#running >= this.#limit) return undefined;
    if (lane !== undefined && lane.running >= this.#limitPerKey) return undefined;
    return this.#enter(lane ?? this.#open(key));
  }

  /**
   * Takes a place for `key`, waiting for it.
   *
   * Cancellation: rejects with the scope's reason and then holds nothing.
   */
  acquire(key: K, options?: Wait): Promise<Permit> {
    const scope = scopeOf(options);
    if (scope?.cancelled) return Promise.reject(scope.reason);
    const permit = this.tryAcquire(key);
    const lane = this.#lanes.get(key) ?? this.#open(key);
    if (permit !== undefined) return gate(Promise.resolve(permit), lane.waiters);
    const granted = lane.waiters.wait(scope);
    this.#review(lane);
    return granted;
  }

  /** A snapshot; it is stale once you `await`. */
  stats(): KeyedLimiterStats {
    let waiting = 0;
    for (const lane of this.#lanes.values()) waiting += lane.waiters.size;
    return { keys: this.#lanes.size, running: this.#running, waiting };
  }

  #open(key: K): Lane<K> {
    const waiters = new WaitQueue<Permit>(this.#name, () => this.#review(lane));
    const lane: Lane<K> = { key, waiters, running: 0 };
    this.#lanes.set(key, lane);
    return lane;
  }

  #enter(lane: Lane<K>): Permit {
    this.#running += 1;
    lane.running += 1;
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      this.#running -= 1;
      lane.running -= 1;
      this.#review(lane);
      this.#grant();
    };
    return { release, [Symbol.dispose]: release };
  }

  /** Puts the lane where it belongs after a change: in line, out of it, or away. */
  #review(lane: Lane<K>): void {
    const ready = lane.waiters.size > 0 && lane.running < this.#limitPerKey;
    if (ready) this.#ready.add(lane);
    else this.#ready.delete(lane);
    const idle = lane.waiters.size === 0 && lane.running === 0;
    // Looked up: a lane that was closed before may have left its key to a younger one.
    if (idle && this.#lanes.get(lane.key) === lane) this.#lanes.delete(lane.key);
  }

  #grant(): void {
    while (this.#running < this.#limit) {
      const [lane] = this.#ready;
      if (lane === undefined) return;
      this.#ready.delete(lane); // to the end of the round, if it is ready still
      // Nobody may wait any more: a cancel is on its way, which reviews the lane itself.
      const permit = this.#enter(lane);
      if (lane.waiters.wakeOne(permit)) this.#review(lane);
      else permit.release();
    }
  }
}
