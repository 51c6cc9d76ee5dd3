import type { Redis } from "ioredis";
import { host } from "../../../core/index.js";
import { type ClusterKeys, type Control, readControl, readSentControl } from "../wire/index.js";

/** What runs here of a submitter, as far as its orders go. */
export interface Ordered {
  order(control: Control): void;
  /** Nobody waits for it any more. */
  orphan(): void;
}

/** What was known longer ago than this is asked for again. */
const FRESH_MS = 3_000;
/** A submitter whose lease is gone at so many looks in a row is gone itself. */
const MOST_MISSED = 3;

/** A submitter as this host knows it: whether it lives, and what it has ordered. */
export class Submitter {
  readonly id: string;
  lives = false;
  missed = 0;
  checkedMs: number = -Infinity;
  /** Parcels that wait to hear of it. */
  askers = 0;
  readonly runs: Map<number, Ordered> = new Map();
  #controls = new Map<number, Control>();
  /** Those that came since the last look began. */
  #recent = new Map<number, Control>();

  constructor(id: string) {
    this.id = id;
  }

  controlOf(n: number): Control | undefined {
    return this.#recent.get(n) ?? this.#controls.get(n);
  }

  hear(n: number, control: Control): void {
    this.#recent.set(n, control);
    this.runs.get(n)?.order(control);
  }

  /** Begins a look at Redis; gives what is to be done with what is found there. */
  look(): (found: ReadonlyMap<number, Control>) => void {
    this.#controls = new Map([...this.#controls, ...this.#recent]);
    this.#recent = new Map();
    return (found) => {
      this.#controls = new Map(found); // of the others the tasks have settled
      for (const [n, control] of found) this.runs.get(n)?.order(control);
    };
  }
}

/**
 * The submitters whose tasks run here. Orders come by a channel, at once; what a broken connection has lost is
 * found at the next look, a second later at most.
 */
export class Submitters {
  readonly #client: Redis;
  readonly #keys: ClusterKeys;
  readonly #known = new Map<string, Submitter>();

  constructor(client: Redis, keys: ClusterKeys) {
    this.#client = client;
    this.#keys = keys;
  }

  /** What is known of it, and is not older than a few seconds. */
  async of(id: string): Promise<Submitter> {
    let submitter = this.#known.get(id);
    if (submitter === undefined) this.#known.set(id, (submitter = new Submitter(id)));
    submitter.askers += 1; // or it could be forgotten meanwhile, and its orders would reach nobody
    try {
      if (!submitter.lives || host.nowMs() - submitter.checkedMs > FRESH_MS)
        await this.#look(submitter);
    } finally {
      submitter.askers -= 1;
    }
    return submitter;
  }

  /** A message of the channel. */
  hear(text: string): void {
    try {
      const { s, n, control } = readSentControl(text);
      this.#known.get(s)?.hear(n, control);
    } catch {
      // No order of ours. If it was to be one, it is found at the next look.
    }
  }

  /** Looks after all whose tasks run here, and forgets the others. */
  async lookAfterAll(): Promise<void> {
    for (const [id, { runs, askers, checkedMs }] of this.#known)
      if (runs.size === 0 && askers === 0 && host.nowMs() - checkedMs > FRESH_MS)
        this.#known.delete(id);
    const busy = [...this.#known.values()].filter(({ runs }) => runs.size > 0);
    await Promise.all(busy.map((submitter) => this.#look(submitter)));
  }

  async #look(submitter: Submitter): Promise<void> {
    const { lease, controls } = this.#keys;
    const take = submitter.look();
    const results = await this.#client
      .pipeline()
      .exists(lease(submitter.id))
      .hgetall(controls(submitter.id))
      .exec();
    const [[error, exists] = [], [, orders] = []] = results ?? [];
    if (error !== null || exists === undefined) return;
    submitter.checkedMs = host.nowMs();
    submitter.lives = exists === 1;
    submitter.missed = submitter.lives ? 0 : submitter.missed + 1;
    take(readOrders(orders as Record<string, string>));
    if (submitter.missed < MOST_MISSED) return;
    for (const run of submitter.runs.values()) run.orphan();
  }
}

function readOrders(orders: Readonly<Record<string, string>>): Map<number, Control> {
  const found = new Map<number, Control>();
  for (const [n, text] of Object.entries(orders)) {
    try {
      found.set(Number(n), readControl(text));
    } catch {
      // Not written by a submitter.
    }
  }
  return found;
}
