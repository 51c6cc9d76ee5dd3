import type { MessagePort } from "node:worker_threads";
import type { FrameSpace } from "../wire/index.js";
import { packParcel } from "./parcel.js";
import { RingWriter } from "./ring.js";

/** A ring to write frames to. It sends by the port what it can't hold. */
export class RingSpace extends RingWriter implements FrameSpace {
  readonly #port: MessagePort;

  constructor(memory: SharedArrayBuffer, port: MessagePort) {
    super(memory);
    this.#port = port;
  }

  takeOther(value: unknown, transfer: readonly object[] | undefined): undefined {
    this.#port.postMessage(packParcel(value), transfer as []);
  }
}
