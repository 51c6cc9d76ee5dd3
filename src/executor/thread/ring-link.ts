import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { type Link, type LinkEvents, readValue, writeFrame } from "../wire/index.js";
import { Backlog, type Held } from "./backlog.js";
import { openParcel, type Parcel } from "./parcel.js";
import { RingSpace } from "./ring-space.js";
import { RingReader } from "./ring.js";

/** The two rings and the port between a pool and a thread, as one of the two sees them. */
export interface RingEnds {
  readonly out: SharedArrayBuffer;
  readonly in: SharedArrayBuffer;
  /** Carries what the rings can't: bells, which are `0`, and clones, each a {@link Parcel}. */
  readonly port: MessagePort;
}

const BELL = 0;
const RELEASE_EVERY = 64; // frames are read before their room is given back
/** So much is not kept until the turn ends: the other end begins with it while the rest is written. */
const PUBLISH_EVERY_BYTES = 256;

/** A {@link Link} of two rings in shared memory. A port rings for whoever sleeps. */
export class RingLink implements Link {
  readonly gatherMs = 0.2;
  readonly #writer: RingSpace;
  readonly #reader: RingReader;
  readonly #port: MessagePort;
  readonly #events: LinkEvents;
  readonly #backlog = new Backlog();
  /** Clones that came by the port's event before their frame was read; an error for one that can't be rebuilt. */
  readonly #clones: (Parcel | Error)[] = [];
  #flushing = false;
  /** True if the other end had to be rung for in this turn. */
  #slept = false;

  constructor(ends: RingEnds, events: LinkEvents, wakeUp: () => void) {
    this.#writer = new RingSpace(ends.out, ends.port);
    this.#reader = new RingReader(ends.in);
    this.#port = ends.port;
    this.#events = events;
    ends.port.on("message", (message: typeof BELL | Parcel) => {
      if (message !== BELL) this.#clones.push(message);
      wakeUp();
    });
    ends.port.on("messageerror", (error) => {
      this.#clones.push(error); // in its place, or the clones behind it would go to other frames
      wakeUp();
    });
  }

  send(
    kind: number,
    seq: number,
    a: number,
    b: number,
    value: unknown,
    transfer?: readonly object[],
  ): void {
    if (!this.#flushing) {
      this.#flushing = true;
      this.#slept = false;
      queueMicrotask(this.#flushSoon);
    }
    if (!this.#backlog.empty || !this.#write(kind, seq, a, b, value, transfer))
      this.#hold({ kind, seq, a, b, value, transfer });
    // The frame of a clone is there before the other end has been woken by that.
    const { unpublished, posted } = this.#writer;
    if (posted || unpublished >= PUBLISH_EVERY_BYTES) this.#publish();
  }

  /** Called at the end of a turn in which something was sent; `slept` if the other end had to be rung for. */
  onFlushed: ((slept: boolean) => void) | undefined;

  #hold(frame: Held): void {
    try {
      this.#backlog.hold(frame);
    } catch (error) {
      this.#events.unsendable(frame.kind, frame.seq, error);
    }
  }

  readonly #flushSoon = (): void => {
    this.#flushing = false;
    this.flush();
    this.onFlushed?.(this.#slept);
  };

  flush(): void {
    if (!this.#backlog.empty) this.#backlog.drain(this.#writeHeld);
    this.#publish();
  }

  show(): void {
    this.#writer.show();
  }

  drain(): boolean {
    const reader = this.#reader;
    let count = 0;
    reader.wake();
    for (let at = reader.next(); at >= 0; at = reader.next()) {
      count += 1;
      this.#deliver(at);
      if (count % RELEASE_EVERY === 0) this.#release();
    }
    // Also when nothing but a skip was read: its room may be what the writer waits for.
    if (reader.owes) this.#release();
    if (!this.#backlog.empty) this.flush();
    return count > 0;
  }

  #publish(): void {
    const writer = this.#writer;
    if (writer.rang) this.#slept = true;
    writer.posted = writer.rang = false;
    if (!writer.publish()) return;
    this.#slept = true;
    this.#ring();
  }

  /** Needs no bell: looks for frames itself, until it calls {@link drain} and {@link sleep}. */
  stayAwake(): void {
    this.#reader.wake();
  }

  get ready(): boolean {
    return this.#reader.ready;
  }

  /** Asks for a bell when something comes. False if something has come already. */
  sleep(): boolean {
    return this.#reader.sleep();
  }

  #deliver(at: number): void {
    const { words } = this.#reader;
    const word = at >> 2;
    const kindAndTag = words[word + 1] as number;
    const kind = kindAndTag & 0xff;
    const seq = words[word + 2] as number;
    const a = words[word + 3] as number;
    const b = words[word + 4] as number;
    const inline = words[word + 5] as number;
    let value: unknown;
    try {
      value = readValue(this.#reader, at, kindAndTag >> 8, inline, this.#takeClone);
    } catch (error) {
      this.#reader.pass(at);
      this.#events.unreadable(kind, seq, error);
      return;
    }
    this.#reader.pass(at);
    this.#events.frame(kind, seq, a, b, value);
  }

  readonly #takeClone = (): unknown => {
    const early = this.#clones.shift();
    if (early instanceof Error) throw early;
    if (early !== undefined) return openParcel(early);
    for (;;) {
      const received = receiveMessageOnPort(this.#port) as { message: typeof BELL | Parcel };
      if (received.message !== BELL) return openParcel(received.message);
    }
  };

  #release(): void {
    if (this.#reader.release()) this.#ring();
  }

  #write(
    kind: number,
    seq: number,
    a: number,
    b: number,
    value: unknown,
    transfer: readonly object[] | undefined,
  ): boolean {
    try {
      return writeFrame(this.#writer, kind, seq, a, b, value, transfer);
    } catch (error) {
      this.#events.unsendable(kind, seq, error);
      return true;
    }
  }

  readonly #writeHeld = ({ kind, seq, a, b, value, transfer }: Held): boolean => {
    if (this.#write(kind, seq, a, b, value, transfer)) return true;
    this.#writer.askForRoom();
    // The reader may have made room before it could see that we ask.
    return this.#write(kind, seq, a, b, value, transfer);
  };

  #ring(): void {
    this.#port.postMessage(BELL);
  }
}
