import type { Socket } from "node:net";
import { deserialize, serialize } from "node:v8";
import { messageOf } from "../../core/index.js";
import { holdsShared } from "../../shared/travel.js";
import { type Link, type LinkEvents, readValue, writeFrame } from "../wire/index.js";
import { Batch } from "./batch.js";
import { Inflow } from "./inflow.js";
import type { Legacy } from "./legacy.js";

/** A {@link Link} over a stream of bytes: what is sent in one turn is written at once. */
export class PipeLink implements Link {
  readonly gatherMs = 1;
  readonly #socket: Socket;
  readonly #events: LinkEvents;
  readonly #inflow = new Inflow();
  readonly #legacy: Legacy;
  #received = 0;
  #sent = 0;
  #batch: Batch = new Batch(takeOther);
  #flushing = false;

  constructor(socket: Socket, legacy: Legacy, events: LinkEvents, wakeUp: () => void) {
    this.#socket = socket;
    this.#legacy = legacy;
    this.#events = events;
    socket.on("data", (bytes: Buffer) => {
      this.#received += bytes.length;
      this.#inflow.add(bytes);
      wakeUp();
    });
    // The other end has died: its exit says more than this error would.
    socket.on("error", () => {});
  }

  send(
    kind: number,
    seq: number,
    a: number,
    b: number,
    value: unknown,
    transfer?: readonly object[],
  ): void {
    try {
      // What is given away is gone here, as it would be with a thread.
      const own =
        transfer === undefined ? value : structuredClone(value, { transfer: transfer as [] });
      writeFrame(this.#batch, kind, seq, a, b, own, undefined);
    } catch (error) {
      this.#events.unsendable(kind, seq, error);
    }
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(this.#flushSoon);
  }

  readonly #flushSoon = (): void => {
    this.#flushing = false;
    this.flush();
  };

  flush(): void {
    if (this.#batch.length === 0) return;
    const bytes = this.#batch.take();
    this.#sent += bytes.length;
    if (!this.#socket.destroyed) this.#socket.write(bytes);
  }

  show(): void {
    if (this.#batch.length > 0 && !this.#legacy.leave(this.#batch.peek(), this.#sent)) this.flush();
  }

  /** The other end has died, and what it sent has come: reads what it had still wanted to send. */
  inherit(): void {
    this.#inflow.add(this.#legacy.beyond(this.#received));
    this.drain();
  }

  drain(): boolean {
    const inflow = this.#inflow;
    let any = false;
    for (let at = inflow.next(); at >= 0; at = inflow.next()) {
      any = true;
      const { words } = inflow;
      const word = at >> 2;
      const kindAndTag = words[word + 1] as number;
      const seq = words[word + 2] as number;
      const a = words[word + 3] as number;
      const b = words[word + 4] as number;
      const inline = words[word + 5] as number;
      let value: unknown;
      try {
        value = readValue(inflow, at, kindAndTag >> 8, inline, readOther);
      } catch (error) {
        inflow.pass(at);
        this.#events.unreadable(kindAndTag & 0xff, seq, error);
        continue;
      }
      inflow.pass(at);
      this.#events.frame(kindAndTag & 0xff, seq, a, b, value);
    }
    return any;
  }
}

/** Each value in a clone of its own, so that no two tasks share what is in them. */
function takeOther(value: unknown): Uint8Array {
  try {
    return serialize(value);
  } catch (error) {
    const isShared = holdsShared(value) || /SharedArrayBuffer/.test(messageOf(error));
    if (!isShared) throw error;
    throw new TypeError("shared memory does not cross processes: use a ThreadExecutor", {
      cause: error,
    });
  }
}

function readOther(bytes: Buffer): unknown {
  return deserialize(Buffer.from(bytes)); // a copy: what it gives may be a view of these very bytes
}
