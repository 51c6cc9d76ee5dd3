import { ConcurrencyError, requireInteger, type Wait } from "../core/index.js";
import { Bell } from "./bell.js";
import { ByteRing, type Packed } from "./byte-ring.js";
import { type ChannelCodec, type CodecName, codecOf } from "./channel-codec.js";
import { ChannelReceiver } from "./channel-receiver.js";
import { ChannelSender, type Outgoing } from "./channel-sender.js";
import { Deadline } from "./deadline.js";
import { LockCore } from "./lock-core.js";
import { defineKind } from "./kinds.js";
import { fromHandle, type SharedHandle, STATE } from "./registry.js";
import { SharedObject } from "./shared-object.js";
import { requireBlocking } from "./thread.js";

const PLACE = {
  writers: STATE,
  readers: STATE + 16,
  written: STATE + 32,
  read: STATE + 48,
  items: STATE + 64,
  room: STATE + 80,
  data: STATE + 96,
} as const;

export interface SharedChannelOptions<T> {
  /** Room for records, each with 8 bytes around it. Rounded up to a power of two; a record takes half at most. */
  readonly capacityBytes: number;
  /** How values become bytes. Your own doesn't travel: see {@link SharedChannel.with}. */
  readonly codec: CodecName | ChannelCodec<T>;
  readonly name?: string;
}

/** Its handle has a word in place of the functions of a codec of one's own. */
const OWN = "own";

/**
 * A bounded queue of values between threads: any of them sends, any receives, each value goes to one.
 *
 * Values stand as bytes in a ring of shared memory. Who sends waits for room, who receives for a value, in line.
 * Whoever dies while sending has sent nothing; a value that a dying thread had not wholly received goes to another.
 *
 * @example
 * const lines = new SharedChannel<string>({ capacityBytes: 65_536, codec: "utf8" });
 * await lines.send("one");
 * await lines.send("two");
 * lines.close();
 * for await (const line of lines) console.log(line);
 * // prints:
 * // one
 * // two
 */
export class SharedChannel<T> extends SharedObject<"SharedChannel"> implements AsyncIterable<T> {
  static {
    defineKind("SharedChannel", SharedChannel);
  }

  #codec: ChannelCodec<T> | undefined;
  readonly #ring: ByteRing;
  readonly #sender: ChannelSender;
  readonly #receiver: ChannelReceiver;
  readonly #recover: (dead: number) => void;

  constructor(options: SharedChannelOptions<T>) {
    const { capacityBytes, codec } = options;
    const bytes = ByteRing.bytesFor(capacityBytes);
    const own = (codec as string) === OWN ? undefined : codecOf(codec);
    const named = { ...options, codec: typeof codec === "string" ? codec : OWN };
    super("SharedChannel", "shared channel", named, PLACE.data - STATE + bytes / 4);
    this.#codec = own;
    this.#ring = new ByteRing(this.words, PLACE, bytes);
    const writers = new LockCore(this.words, PLACE.writers, `sending to ${this.name}`, false);
    const readers = new LockCore(this.words, PLACE.readers, `receiving from ${this.name}`, false);
    const items = new Bell(this.words, PLACE.items, readers.name);
    const room = new Bell(this.words, PLACE.room, writers.name);
    this.#sender = new ChannelSender(this.#ring, writers, items, room);
    this.#receiver = new ChannelReceiver(this.#ring, readers, items, room);
    this.#recover = (dead) => {
      writers.word.recover(dead);
      readers.word.recover(dead);
      items.ringInAnyCase(); // the dead may have sent, and told nobody
      room.ringInAnyCase();
    };
  }

  static from<T>(handle: SharedHandle<"SharedChannel">): SharedChannel<T> {
    const options = handle as unknown as SharedChannelOptions<T>;
    return fromHandle("SharedChannel", handle, () => new SharedChannel<T>(options));
  }

  /** Gives this thread's end the codec that the others use: for one of one's own, which can't travel. */
  with<U>(codec: ChannelCodec<U>): SharedChannel<U> {
    const channel = this as unknown as SharedChannel<U>;
    channel.#codec = codecOf(codec);
    return channel;
  }

  /**
   * Sends a value if there is room now and nobody waits for some; never waits.
   *
   * Errors: `CLOSED`; `RangeError` for a value that could never be sent.
   */
  trySend(value: T): boolean {
    return this.#sender.trySend(this.#pack(value));
  }

  /**
   * Sends a value, waiting for room.
   *
   * Cancellation: rejects with the scope's reason, and nothing was sent.
   * Errors: `CLOSED`; `RangeError` for a value that could never be sent.
   */
  async send(value: T, wait?: Wait): Promise<void> {
    return this.#sender.send(this.#pack(value), wait);
  }

  /** The same, blocking the thread. Errors: also a `TimeoutError`; `WOULD_BLOCK` on the main thread. */
  sendSync(value: T, timeoutMs: number = Infinity): void {
    requireBlocking("sendSync", "send");
    this.#sender.sendSync(this.#pack(value), new Deadline(timeoutMs));
  }

  /** Receives a value if there is one and nobody waits for it; undefined otherwise, also when it is closed. */
  tryReceive(): { value: T } | undefined {
    const packed = this.#receiver.tryTake();
    return packed === undefined ? undefined : { value: this.#known.decode(packed) };
  }

  /**
   * Receives the next value, waiting for one.
   *
   * Cancellation: rejects with the scope's reason, and nothing was received.
   * Errors: `CLOSED` when it is closed and empty; what the codec throws, and then that value is gone.
   */
  async receive(wait?: Wait): Promise<T> {
    const [value] = this.#unpack(await this.#receiver.take(1, wait));
    return value as T;
  }

  /** What is there, `atMost` values or until they have 256 KiB, waiting for one. The rest: as {@link receive}. */
  async receiveMany(atMost: number, wait?: Wait): Promise<T[]> {
    requireInteger("atMost", atMost, 1, true);
    return this.#unpack(await this.#receiver.take(atMost, wait));
  }

  /** {@link receive}, blocking the thread. Errors: also a `TimeoutError`; `WOULD_BLOCK` on the main thread. */
  receiveSync(timeoutMs: number = Infinity): T {
    requireBlocking("receiveSync", "receive");
    const [value] = this.#unpack(this.#receiver.takeSync(1, new Deadline(timeoutMs)));
    return value as T;
  }

  /** {@link receiveMany}, blocking the thread. */
  receiveManySync(atMost: number, timeoutMs: number = Infinity): T[] {
    requireBlocking("receiveManySync", "receiveMany");
    requireInteger("atMost", atMost, 1, true);
    return this.#unpack(this.#receiver.takeSync(atMost, new Deadline(timeoutMs)));
  }

  /** Lets nothing more in. What was sent before can be received; then `receive` rejects with `CLOSED`. */
  close(): void {
    this.#ring.close();
    this.#recover(0); // wakes whoever waits; no thread is called zero
  }

  /** Every value until it is closed. Values that were not read stay for others. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const [packed] = await this.#receiver.take(1, undefined);
      if (packed === undefined) return;
      yield this.#known.decode(packed);
    }
  }

  /** A snapshot. `waiting`: callers of this thread that await it. */
  stats(): { bufferedBytes: number; capacityBytes: number; closed: boolean; waiting: number } {
    const { usedBytes, capacityBytes, closed } = this.#ring;
    const waiting = this.#sender.waiting + this.#receiver.waiting;
    return { bufferedBytes: usedBytes, capacityBytes, closed, waiting };
  }

  override recover(dead: number): void {
    this.#recover(dead);
  }

  get #known(): ChannelCodec<T> {
    if (this.#codec !== undefined) return this.#codec;
    throw new TypeError(
      `the codec of ${this.name} didn't come with it, as functions don't: call with(codec) in this thread`,
    );
  }

  #pack(value: T): Outgoing {
    return this.#sender.measure(this.#known.encode(value));
  }

  #unpack(records: readonly Packed[]): T[] {
    if (records.length === 0)
      throw new ConcurrencyError("CLOSED", `${this.name} is closed, and empty`);
    return records.map((packed) => this.#known.decode(packed));
  }
}
