import { host } from "../../../core/index.js";
import type { Job } from "../../jobs/index.js";
import { type Packed, partition } from "./partition.js";
import { queueOptions } from "./queue-options.js";
import { SentParcel } from "./sent-parcel.js";
import type { Session } from "./session.js";

/** How long after it was sent a parcel is looked for. */
const LOST_AFTER_MS = 2_000;

/**
 * The parcels of a submitter that are under way.
 *
 * Invariant: a job that was handed to this, and has not settled, is either about to be packed or in one parcel.
 */
export class Outbox {
  readonly #session: Session;
  readonly #waiting = new Map<Job, Packed>();
  readonly #parcels = new Map<Job, SentParcel>();
  readonly #under = new Set<SentParcel>();
  readonly #freeSlots: () => number;
  #lastParcel = 0;
  #flushing = false;

  constructor(session: Session, freeSlots: () => number) {
    this.#session = session;
    this.#freeSlots = freeSlots;
  }

  get parcels(): number {
    return this.#under.size;
  }

  parcelOf(job: Job): SentParcel | undefined {
    return this.#parcels.get(job);
  }

  /** What is put in during one turn is put into parcels together. */
  put(packed: Packed): void {
    this.#waiting.set(packed.job, packed);
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => this.#flush());
  }

  /** The job has settled, or is the executor's again. True if it had not been sent. */
  drop(job: Job): boolean {
    if (this.#waiting.delete(job)) return true;
    const parcel = this.#parcels.get(job);
    this.#parcels.delete(job);
    parcel?.open.delete(job);
    if (parcel?.open.size === 0) this.#under.delete(parcel);
    return false;
  }

  unsent(): Job[] {
    return [...this.#waiting.keys()];
  }

  all(): SentParcel[] {
    return [...this.#under];
  }

  /**
   * Takes a parcel out of the queue, if no host has it. Gives the jobs of it that nobody has run; undefined if
   * a host has it.
   */
  async takeBack(parcel: SentParcel): Promise<Job[] | undefined> {
    parcel.isReturning = true;
    try {
      const removed = await this.#session.parts.queue.remove(parcel.id);
      parcel.isWithHost = removed !== 1;
      // BullMQ says so too of a job that has ended. What came of that one stands in the stream by now.
      if (removed === 1) await this.#session.parts.reader.caughtUp();
    } catch (error) {
      parcel.isReturning = false; // it may be gone: an audit finds out, and sends it again
      throw error;
    }
    if (!parcel.isWithHost) return [...parcel.open];
    parcel.isReturning = false;
    return undefined;
  }

  /**
   * Looks for parcels that have been under way for a while. One that Redis does not know, and of which no host has told
   * its end, was lost (Redis has lost its memory, or a host took its submitter for dead) and is sent again. One
   * that BullMQ has given up is told by `gaveUp`.
   */
  async audit(gaveUp: (parcel: SentParcel, why: string) => void): Promise<void> {
    const before = host.nowMs() - LOST_AFTER_MS;
    const old = this.all().filter(({ sentMs, isReturning }) => sentMs <= before && !isReturning);
    try {
      if (old.length > 0) await this.#send(await this.#lostOf(old, gaveUp));
      this.#session.granted("audit");
    } catch (error) {
      this.#session.refused("audit", error);
    }
  }

  async #lostOf(
    old: readonly SentParcel[],
    gaveUp: (parcel: SentParcel, why: string) => void,
  ): Promise<SentParcel[]> {
    const { client, keys, parts } = this.#session;
    const look = client.pipeline();
    for (const { id } of old) look.hmget(keys.job(id), "timestamp", "finishedOn", "failedReason");
    const found = (await look.exec()) ?? [];
    await parts.reader.caughtUp();
    const lost: SentParcel[] = [];
    for (const [i, parcel] of old.entries()) {
      const [error, fields] = found[i] ?? [];
      if (error) throw error;
      const [timestamp, finishedOn, failedReason] = fields as (string | null)[];
      if (parcel.open.size === 0 || parcel.isReturning) continue;
      if (timestamp === null) lost.push(parcel);
      else if (finishedOn && failedReason) gaveUp(parcel, failedReason);
    }
    return lost;
  }

  #flush(): void {
    this.#flushing = false;
    if (this.#waiting.size === 0) return;
    const packed = [...this.#waiting.values()];
    this.#waiting.clear();
    const parcels = partition(packed, this.#freeSlots()).map((part) => this.#parcelFor(part));
    // The head of the queue is for the last that comes: the most urgent.
    void this.#send(parcels[0]!.priority < 0 ? parcels.toReversed() : parcels);
  }

  #parcelFor(packed: readonly Packed[]): SentParcel {
    const id = `${this.#session.id}_${(this.#lastParcel += 1)}`;
    const parcel = new SentParcel(id, this.#session.id, packed, host.nowMs());
    this.#under.add(parcel);
    for (const { job } of packed) this.#parcels.set(job, parcel);
    return parcel;
  }

  /** What can't be sent now is missing, and will be sent by a later audit. */
  async #send(parcels: readonly SentParcel[]): Promise<void> {
    if (parcels.length === 0) return;
    const jobs = parcels.map(({ id, name, data, priority }) => ({
      name,
      data,
      opts: queueOptions(id, priority),
    }));
    try {
      await this.#session.parts.queue.addBulk(jobs);
      this.#session.granted("jobs");
    } catch (error) {
      this.#session.refused("jobs", error);
    }
  }
}
