import { scopeOf, type Wait } from "../core/index.js";
import type { Bell } from "./bell.js";
import type { ByteRing, Packed } from "./byte-ring.js";
import type { Deadline } from "./deadline.js";
import type { LockCore } from "./lock-core.js";

/** Looks at the ring before a thread that found it empty goes to sleep: to be woken costs more. */
const LOOKS = 1000;

/** Many records are taken until they have so many bytes: who sends gets its room back, and all is in the cache still. */
const ENOUGH_BYTES = 1 << 18;

/**
 * The end of a channel that receives. Who receives holds the readers' lock, also while it waits for a record: that is
 * the line. No records at all: the channel is closed, and empty.
 */
export class ChannelReceiver {
  readonly #ring: ByteRing;
  readonly #lock: LockCore;
  readonly #items: Bell;
  readonly #room: Bell;

  constructor(ring: ByteRing, lock: LockCore, items: Bell, room: Bell) {
    this.#ring = ring;
    this.#lock = lock;
    this.#items = items;
    this.#room = room;
  }

  get waiting(): number {
    return this.#lock.waiting + this.#items.waiting;
  }

  tryTake(): Packed | undefined {
    if (!this.#lock.tryTakeSoon()) return undefined;
    try {
      return this.#takeOne();
    } finally {
      this.#lock.give();
    }
  }

  async take(atMost: number, wait: Wait | undefined): Promise<Packed[]> {
    const scope = scopeOf(wait);
    scope?.throwIfCancelled();
    if (!this.#lock.tryTakeSoon()) await this.#lock.take(scope);
    try {
      while (!this.#ring.ready) {
        const asked = this.#items.ask();
        if (this.#ring.ready) break;
        await this.#items.park(asked, scope);
      }
      return this.#takeRecords(atMost);
    } finally {
      this.#lock.give();
    }
  }

  takeSync(atMost: number, deadline: Deadline): Packed[] {
    if (!this.#lock.takeSync(deadline)) throw deadline.expired(this.#lock.name);
    try {
      for (let looks = 0; looks < LOOKS && !this.#ring.ready; looks += 1);
      while (!this.#ring.ready) {
        const asked = this.#items.ask();
        if (this.#ring.ready) break;
        if (!this.#items.parkSync(asked, deadline)) throw deadline.expired(this.#lock.name);
      }
      return this.#takeRecords(atMost);
    } finally {
      this.#lock.give();
    }
  }

  /** Called with the lock held. */
  #takeRecords(atMost: number): Packed[] {
    const records: Packed[] = [];
    this.#ring.startTaking();
    while (records.length < atMost && this.#ring.takenBytes < ENOUGH_BYTES) {
      const packed = this.#ring.take();
      if (packed === undefined) break;
      records.push(packed);
    }
    this.#giveRoom();
    return records;
  }

  #takeOne(): Packed | undefined {
    this.#ring.startTaking();
    const packed = this.#ring.take();
    if (packed !== undefined) this.#giveRoom();
    return packed;
  }

  #giveRoom(): void {
    this.#ring.endTaking();
    this.#room.ring();
  }
}
