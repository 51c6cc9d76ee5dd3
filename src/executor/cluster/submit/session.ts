import type { Queue } from "bullmq";
import { ConcurrencyError, host, messageOf } from "../../../core/index.js";
import { OneTimer } from "../../jobs/index.js";
import { loadPeers, RedisLink } from "../redis/index.js";
import { type ClusterKeys, type Control, type Frame, keysOf } from "../wire/index.js";
import type { SubmitPlan } from "./options.js";
import { Lease } from "./lease.js";
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
const LONELY_AFTER_TICKS = 10;
const SILENCE_MS = 8_000;

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
  #lonelyTicks = 0;
  #inTrouble = false;
  #closed = false;
  #trouble: unknown;
  #lease!: Lease;

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
      .pexpire(key, this.#lease.leftoverMs)
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
    this.#lease = new Lease(main.client, this.keys, this.id, this.#plan.leaseMs);
    await this.#lease.renew();
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
    if (!this.up) return;
    this.#lease.renew().catch(() => {}); // Redis may have lost its memory; the next tick tries again
    this.#events.changed();
  }

  #watchOutage(): void {
    if (this.#closed || !this.#isBusy) return;
    if (this.up) return this.#outage.stop();
    const { outageMs } = this.#plan;
    if (!this.#outage.runs) this.#outage.start(() => this.#break(this.#outageError()), outageMs);
  }

  #outageError(): Error {
    const { main, reading } = this.#links!;
    const forMs = `for ${this.#plan.outageMs} ms`;
    if (!this.#bothUp) return (main.up ? reading : main).unreachable(forMs);
    const message = `Redis has refused to take tasks ${forMs}: ${messageOf(this.#trouble)}`;
    return new ConcurrencyError("BROKEN", message, { cause: this.#trouble });
  }

  async #tick(): Promise<void> {
    this.#ticker.start(() => void this.#tick(), TICK_MS);
    if (!this.#bothUp) return;
    try {
      await this.#lease.renewIfDue();
      await this.#look();
    } catch {
      return; // the connection, or the next tick, will tell
    }
    this.reader.trim();
    this.#warnIfLonely();
    if (!this.#closed && this.#isBusy) this.#events.tick();
  }

  async #look(): Promise<void> {
    const slots = await readSlots(this.client, this.keys);
    if (slots === this.slots) return;
    this.slots = slots;
    if (this.#ready) this.#events.changed();
  }

  #warnIfLonely(): void {
    if (this.slots > 0) this.#lonelyTicks = 0;
    else if ((this.#lonelyTicks += 1) === LONELY_AFTER_TICKS)
      process.emitWarning(
        `tasks wait for a host that serves the queue "${this.#plan.queue}", and there is none: start one ` +
          `with weft worker --redis URL --queue ${this.#plan.queue} --tasks MODULE`,
        "ClusterWithoutHosts",
      );
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
