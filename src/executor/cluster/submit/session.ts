import type { Queue } from "bullmq";
import { host, messageOf } from "../../../core/index.js";
import { OneTimer } from "../../jobs/index.js";
import { loadPeers, RedisLink } from "../redis/index.js";
import { type ClusterKeys, type Control, type Frame, keysOf } from "../wire/index.js";
import type { SubmitPlan } from "./options.js";
import { ReplyReader } from "./reply-reader.js";
import { readSlots } from "./roster.js";

/** What a session tells its executor. */
export interface SessionEvents {
  /** Redis is there, for the first time or again; or how many slots there are has changed. */
  changed(): void;
  frame(frame: Frame): void;
  /** While there is work: about once in a second. */
  tick(): void;
  /** It will not work any more. */
  broke(error: Error): void;
}

const TICK_MS = 1_000;
const SILENCE_MS = 8_000;
/** The stream and the orders outlive their submitter by so many leases. */
const LEFTOVER_LEASES = 10;

/*  NEW ── open() ──▶ OPENING ── all is there ──▶ UP ◀──── Redis comes and goes ────▶ DOWN
 *                      │                          │                                   │
 *                      └── connectTimeoutMs ──────┴──── outageMs without success ─────┴──▶ BROKEN
 */

/**
 * A submitter in Redis: its connections, its lease, what hosts tell it and what it orders.
 *
 * While there is no work it does nothing, and does not keep the process alive.
 */
export class Session {
  readonly id: string = `${randomText()}${randomText()}`;
  readonly keys: ClusterKeys;
  queue!: Queue;
  reader!: ReplyReader;
  /** The slots of all hosts. */
  slots = 0;
  readonly #plan: SubmitPlan;
  readonly #events: SessionEvents;
  readonly #outage = new OneTimer();
  readonly #ticker = new OneTimer();
  #links: { main: RedisLink; reading: RedisLink } | undefined;
  #opening: Promise<void> | undefined;
  #ready = false;
  #isBusy = false;
  #inTrouble = false;
  #closed = false;
  #trouble: unknown;
  /** When the lease was renewed last. */
  #renewedMs = -Infinity;

  constructor(plan: SubmitPlan, events: SessionEvents) {
    this.#plan = plan;
    this.#events = events;
    this.keys = keysOf(plan.prefix, plan.queue);
  }

  /** True if something can be sent now. */
  get up(): boolean {
    return this.#ready && !this.#inTrouble && this.#bothUp && !this.#closed;
  }

  get #bothUp(): boolean {
    return this.#links !== undefined && this.#links.main.up && this.#links.reading.up;
  }

  get client(): RedisLink["client"] {
    return this.#links!.main.client;
  }

  /** Opens it, if it is not open. How that ends is told by the events. */
  open(): void {
    this.#opening ??= this.#open().catch((error: unknown) => this.#break(error as Error));
  }

  /** Whether there is work: only then there is a lease, and something to read. */
  busy(isBusy: boolean): void {
    if (this.#isBusy === isBusy) return;
    this.#isBusy = isBusy;
    this.#attend();
  }

  /** Something that was asked of Redis was refused: it is full, read-only, or not itself. */
  refused(error: unknown): void {
    if (this.#closed) return;
    this.#trouble = error;
    if (this.#inTrouble) return;
    this.#inTrouble = true;
    this.#watchOutage();
  }

  /** Something that changes data was done. */
  worked(): void {
    if (!this.#inTrouble) return;
    this.#inTrouble = false;
    this.#watchOutage();
    this.#events.changed();
  }

  /** Orders something of a task that was sent. Hosts hear of it at once, and find it when they look later. */
  order(n: number, control: Control): void {
    const { controls, orders } = this.keys;
    const key = controls(this.id);
    this.client
      .pipeline()
      .hset(key, String(n), JSON.stringify(control))
      .pexpire(key, LEFTOVER_LEASES * this.#plan.leaseMs)
      .publish(orders, JSON.stringify({ s: this.id, n, control }))
      .exec()
      .catch(() => {}); // closed meanwhile
  }

  /** The task has settled: nobody need know any more what was ordered. */
  forgetOrder(n: number): void {
    this.client.hdel(this.keys.controls(this.id), String(n)).catch(() => {});
  }

  /** Leaves nothing in Redis, if Redis is there. */
  async close(): Promise<void> {
    await this.#opening;
    const wasUp = this.up;
    this.#closed = true;
    this.#stopTimers();
    this.reader?.close();
    if (wasUp) {
      const { lease, replies, controls } = this.keys;
      const timer = new OneTimer();
      timer.start(() => this.#closeLinks(), SILENCE_MS);
      await this.client.del(lease(this.id), replies(this.id), controls(this.id)).catch(() => {}); // it expires
      timer.stop();
    }
    this.#closeLinks();
  }

  async #open(): Promise<void> {
    const { connection, queue, prefix, connectTimeoutMs } = this.#plan;
    const peers = await loadPeers();
    const link = (name: string): RedisLink =>
      new RedisLink(peers, { connection, name: `weft:${queue}:${name}`, silenceMs: SILENCE_MS });
    const main = link("submit");
    const reading = link("replies");
    this.#links = { main, reading };
    await Promise.all([main.connect(connectTimeoutMs), reading.connect(connectTimeoutMs)]);
    this.queue = new peers.bullmq.Queue(queue, { connection: main.client, prefix });
    this.queue.on("error", () => {}); // whoever asked is told
    await this.queue.waitUntilReady();
    this.reader = new ReplyReader(this.keys.replies(this.id), reading, main, {
      frame: (frame) => this.#events.frame(frame),
      unreadable: (error) => process.emitWarning(messageOf(error), "ClusterReply"),
    });
    void this.reader.run();
    await this.#renew();
    await this.#look();
    this.#ready = true;
    main.onChange = reading.onChange = () => this.#changed();
    this.#attend();
    this.#events.changed();
  }

  /** As it is busy or not. */
  #attend(): void {
    if (!this.#ready || this.#closed) return;
    const isBusy = this.#isBusy;
    this.#links?.main.keepAlive(isBusy);
    this.#links?.reading.keepAlive(isBusy);
    this.reader.need(isBusy);
    if (!isBusy) return this.#stopTimers();
    this.#watchOutage();
    void this.#tick();
  }

  #changed(): void {
    this.#watchOutage();
    if (this.up) this.#events.changed();
  }

  #watchOutage(): void {
    if (this.#closed || !this.#isBusy) return;
    if (this.up) return this.#outage.stop();
    const { outageMs } = this.#plan;
    const { main, reading } = this.#links!;
    this.#outage.start(() => {
      const link = main.up ? reading : main;
      const error = link.unreachable(`for ${outageMs} ms`);
      if (this.#inTrouble && this.#bothUp)
        error.message = `Redis has refused to take tasks for ${outageMs} ms: ${messageOf(this.#trouble)}`;
      this.#break(error);
    }, outageMs);
  }

  async #tick(): Promise<void> {
    this.#ticker.start(() => void this.#tick(), TICK_MS);
    if (!this.#bothUp) return;
    try {
      if (host.nowMs() - this.#renewedMs > this.#plan.leaseMs / 3) await this.#renew();
      await this.#look();
    } catch {
      return; // the connection, or the next tick, will tell
    }
    this.reader.trim();
    if (!this.#closed && this.#isBusy) this.#events.tick();
  }

  /** Shows that this submitter lives. */
  async #renew(): Promise<void> {
    const { lease, replies } = this.keys;
    const { leaseMs } = this.#plan;
    const leftoverMs = LEFTOVER_LEASES * leaseMs;
    const stream = replies(this.id);
    this.#renewedMs = host.nowMs();
    const results = await this.client
      .pipeline()
      .set(lease(this.id), "1", "PX", Math.ceil(leaseMs))
      .pexpire(stream, Math.ceil(leftoverMs))
      .exec();
    for (const [error] of results ?? []) if (error !== null) throw error;
    if (results?.[1]?.[1] === 1) return;
    // A stream without an end in time would outlive us: it has one before the first host writes to it.
    await this.client.xadd(stream, "*", "hello", "1");
    await this.client.pexpire(stream, Math.ceil(leftoverMs));
  }

  async #look(): Promise<void> {
    const slots = await readSlots(this.client, this.keys);
    if (slots === this.slots) return;
    this.slots = slots;
    if (this.#ready) this.#events.changed();
  }

  #break(error: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopTimers();
    this.reader?.close();
    this.#closeLinks();
    this.#events.broke(error);
  }

  #stopTimers(): void {
    this.#outage.stop();
    this.#ticker.stop();
  }

  #closeLinks(): void {
    this.#links?.main.close();
    this.#links?.reading.close();
  }
}

function randomText(): string {
  return host.random().toString(36).slice(2, 12).padEnd(10, "0");
}
