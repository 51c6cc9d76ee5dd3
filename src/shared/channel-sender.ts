import { ConcurrencyError, scopeOf, type Wait } from "../core/index.js";
import type { Bell } from "./bell.js";
import { ByteRing, type Packed } from "./byte-ring.js";
import type { Deadline } from "./deadline.js";
import type { LockCore } from "./lock-core.js";

/** A value on its way into a channel. */
export interface Outgoing {
  readonly packed: Packed;
  readonly length: number;
  readonly kind: number;
}

/**
 * The end of a channel that sends. Who sends holds the writers' lock, also while it waits for room: that is the line.
 */
export class ChannelSender {
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
    return this.#lock.waiting + this.#room.waiting;
  }

  /** Throws a `RangeError` for what could never be sent. */
  measure(packed: Packed): Outgoing {
    const { length, kind } = ByteRing.measure(packed);
    const { longest, capacityBytes } = this.#ring;
    if (length > longest)
      throw new RangeError(
        `a value of ${length} bytes is too long for a channel with capacityBytes ${capacityBytes}: ` +
          `${longest} is the most`,
      );
    return { packed, length, kind };
  }

  trySend(value: Outgoing): boolean {
    if (!this.#lock.tryTakeSoon()) return false;
    try {
      return this.#put(value);
    } finally {
      this.#lock.give();
    }
  }

  async send(value: Outgoing, wait: Wait | undefined): Promise<void> {
    const scope = scopeOf(wait);
    scope?.throwIfCancelled();
    if (!this.#lock.tryTakeSoon()) await this.#lock.take(scope);
    try {
      while (!this.#put(value)) {
        const asked = this.#room.ask();
        if (this.#put(value)) return;
        await this.#room.park(asked, scope);
      }
    } finally {
      this.#lock.give();
    }
  }

  sendSync(value: Outgoing, deadline: Deadline): void {
    if (!this.#lock.takeSync(deadline)) throw deadline.expired(this.#lock.name);
    try {
      while (!this.#put(value)) {
        const asked = this.#room.ask();
        if (this.#put(value)) return;
        if (!this.#room.parkSync(asked, deadline)) throw deadline.expired(this.#lock.name);
      }
    } finally {
      this.#lock.give();
    }
  }

  /** Called with the lock held. Throws `CLOSED`. */
  #put({ packed, length, kind }: Outgoing): boolean {
    if (this.#ring.write(packed, length, kind)) {
      this.#items.ring();
      return true;
    }
    if (this.#ring.closed) throw new ConcurrencyError("CLOSED", `${this.#lock.name}: it is closed`);
    return false;
  }
}
