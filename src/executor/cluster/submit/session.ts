import type { Redis } from "ioredis";
import { ConcurrencyError, host, messageOf } from "../../../core/index.js";
import { OneTimer } from "../../jobs/index.js";
import { loadPeers } from "../redis/index.js";
import { type ClusterKeys, keysOf } from "../wire/index.js";
import { LinkPair, SILENCE_MS } from "./link-pair.js";
import { Loneliness } from "./loneliness.js";
import type { SubmitPlan } from "./options.js";
import type { SessionEvents } from "./session-events.js";
import { openParts, type SessionParts } from "./session-parts.js";
import { readSlots } from "./roster.js";

const TICK_MS = 1_000;

/** What is asked of Redis. One may be refused while others are not: by rights that are too narrow, say. */
export type Request = "lease" | "jobs" | "audit" | "replies";

/*  NEW ── open() ──▶ OPENING ── all is there ──▶ UP ◀──── Redis comes and goes ────▶ DOWN
 *                      │                          │                                   │
 *                      └── connectTimeoutMs ──────┴──── outageMs without success ─────┴──▶ BROKEN
 */

/** A submitter in Redis. While there is no work it does nothing, and does not keep the process alive. */
export class Session {
  readonly id: string = `${randomText()}${randomText()}`;
  readonly keys: ClusterKeys;
  /** The slots of all hosts. */
  slots = 0;
  readonly #plan: SubmitPlan;
  readonly #events: SessionEvents;
  readonly #outage = new OneTimer();
  readonly #ticker = new OneTimer();
  readonly #loneliness: Loneliness;
  #links: LinkPair | undefined;
  #opening: Promise<void> | undefined;
  #ready = false;
  #isBusy = false;
  #closed = false;
  /** What Redis refuses now, and what it said. */
  readonly #refusals = new Map<Request, unknown>();
  #parts: SessionParts | undefined;

  constructor(plan: SubmitPlan, events: SessionEvents) {
    this.#plan = plan;
    this.#events = events;
    this.keys = keysOf(plan.prefix, plan.queue);
    this.#loneliness = new Loneliness(plan.queue);
  }

  /** True if something can be sent now. */
  get up(): boolean {
    return this.#ready && this.#refusals.size === 0 && this.#links?.up === true && !this.#closed;
  }

  get client(): Redis {
    return this.#links!.main.client;
  }

  /** What there is once it is open. */
  get parts(): SessionParts {
    return this.#parts!;
  }

  /** Opens it, if it is not open. How that ends is told by the events. */
  open(): void {
    this.#opening ??= this.#open().catch((error: unknown) => this.#break(error));
  }

  /** Whether there is work: only then there is a lease, and something to read. */
  busy(isBusy: boolean): void {
    if (this.#isBusy === isBusy) return;
    this.#isBusy = isBusy;
    this.#attend();
  }

  /** It was refused: Redis is full, read-only, or not itself. Until the same is granted, nothing is sent. */
  refused(request: Request, error: unknown): void {
    if (this.#closed) return;
    this.#refusals.set(request, error);
    this.#watchOutage();
  }

  granted(request: Request): void {
    if (!this.#refusals.delete(request)) return;
    this.#watchOutage();
    this.#events.changed();
  }

  /** Leaves nothing in Redis, if Redis is there. */
  async close(): Promise<void> {
    await this.#opening;
    const wasUp = this.up;
    this.#closed = true;
    this.#stopTimers();
    this.#parts?.reader.close();
    if (wasUp) {
      const { lease, replies, controls } = this.keys;
      this.#outage.start(() => this.#links?.close(), SILENCE_MS);
      await this.client.del(lease(this.id), replies(this.id), controls(this.id)).catch(() => {}); // it expires
      this.#outage.stop();
    }
    this.#links?.close();
  }

  async #open(): Promise<void> {
    const links = new LinkPair(await loadPeers(), this.#plan);
    this.#links = links;
    this.#parts = await openParts(links, this.#plan, this.id, this.keys, {
      frame: (frame) => this.#events.frame(frame),
      refusal: (error) =>
        error === undefined ? this.granted("replies") : this.refused("replies", error),
    });
    await this.#look();
    this.#ready = true;
    links.onChange(() => this.#changed());
    this.#attend();
    this.#events.changed();
  }

  /** As it is busy or not. */
  #attend(): void {
    if (!this.#ready || this.#closed) return;
    const isBusy = this.#isBusy;
    this.#links?.keepAlive(isBusy);
    this.parts.reader.need(isBusy);
    if (!isBusy) return this.#stopTimers();
    this.#watchOutage();
    void this.#tick();
  }

  #changed(): void {
    this.#watchOutage();
    if (!this.up) return;
    this.parts.lease.renew().catch(() => {}); // Redis may have lost its memory; the next tick tries again
    this.#events.changed();
  }

  #watchOutage(): void {
    if (this.#closed || !this.#isBusy) return;
    if (this.up) return this.#outage.stop();
    const tooLong = (): void => this.#break(this.#outageError());
    if (!this.#outage.runs) this.#outage.start(tooLong, this.#plan.outageMs);
  }

  #outageError(): Error {
    const forMs = `for ${this.#plan.outageMs} ms`;
    if (this.#links?.up !== true) return this.#links!.unreachable(forMs);
    const [cause] = this.#refusals.values();
    const message = `Redis has refused to serve ${forMs}: ${messageOf(cause)}`;
    return new ConcurrencyError("BROKEN", message, { cause });
  }

  async #tick(): Promise<void> {
    this.#ticker.start(() => void this.#tick(), TICK_MS);
    if (this.#links?.up !== true) return;
    try {
      await this.parts.lease.renewIfDue(this.#refusals.has("lease"));
      await this.#look();
    } catch (error) {
      if (this.#links.up) this.refused("lease", error);
      return;
    }
    this.granted("lease");
    this.parts.reader.trim();
    this.parts.reader.repeatMarks();
    this.#loneliness.look(this.slots);
    if (!this.#closed && this.#isBusy) this.#events.tick();
  }

  async #look(): Promise<void> {
    const slots = await readSlots(this.client, this.keys);
    if (slots === this.slots) return;
    this.slots = slots;
    if (this.#ready) this.#events.changed();
  }

  #break(cause: unknown): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopTimers();
    this.#parts?.reader.close();
    this.#links?.close();
    const message = `Redis does not serve: ${messageOf(cause)}`;
    const isOurs = cause instanceof ConcurrencyError;
    this.#events.broke(isOurs ? cause : new ConcurrencyError("BROKEN", message, { cause }));
  }

  #stopTimers(): void {
    for (const timer of [this.#outage, this.#ticker]) timer.stop();
  }
}

function randomText(): string {
  return host.random().toString(36).slice(2, 12).padEnd(10, "0");
}
