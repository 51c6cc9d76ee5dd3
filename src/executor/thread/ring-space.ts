import type { MessagePort } from "node:worker_threads";
import { type FrameSpace, HEAD_BYTES } from "../wire/index.js";
import { copyLarge } from "./copy-large.js";
import { packParcel } from "./parcel.js";
import { RingWriter } from "./ring.js";

/** More of them go by the port, in no more time, and leave room for others. */
const MOST_BYTES = 1 << 15;

/** A ring to write frames to. It sends by the port what it can't hold. */
export class RingSpace extends RingWriter implements FrameSpace {
  readonly mostBytes: number = Math.min(MOST_BYTES, this.longest - HEAD_BYTES);
  readonly #port: MessagePort;
  /** True if a clone has gone by the port, whose frame is not published yet. */
  posted = false;
  /** True if that rang for a reader that slept. */
  rang = false;

  constructor(memory: SharedArrayBuffer, port: MessagePort) {
    super(memory);
    this.#port = port;
  }

  takeOther(value: unknown, transfer: readonly object[] | undefined): undefined {
    const copied = transfer === undefined ? copyLarge(value) : undefined;
    if (copied !== undefined) this.#port.postMessage([copied.value], copied.buffers);
    else if (transfer !== undefined) this.#port.postMessage(packParcel(value), transfer as []);
    else this.#postClone(value);
  }

  /** What comes by the port is a bell, so that of a clone there is no other. Of bytes that are moved it gains nothing. */
  #postClone(value: unknown): void {
    const rings = this.takeBell();
    try {
      this.#port.postMessage(packParcel(value));
    } catch (error) {
      if (rings) this.putBellBack();
      throw error;
    }
    this.posted = true;
    this.rang ||= rings;
  }
}
