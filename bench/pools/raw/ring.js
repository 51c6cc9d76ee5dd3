import { MessageChannel, Worker } from "node:worker_threads";
import {
  allocate,
  ANSWERED,
  ASLEEP,
  CAPACITY,
  place,
  REQUESTED,
  RUNG,
  views,
} from "./ring-layout.js";

const script = new URL("ring-worker.js", import.meta.url);
const NAMES = ["noop", "square"];

/** A worker behind its two rings. It answers in the order of the requests, so nothing needs a number. */
class Line {
  #owed = Array.from({ length: CAPACITY });
  #written = 0; // requests written, of which the last may not be published yet
  #settled = 0;
  #publishing = false;

  constructor() {
    const memory = allocate();
    const { port1, port2 } = new MessageChannel();
    Object.assign(this, views(memory));
    const workerData = { memory, names: NAMES, port: port2 };
    this.worker = new Worker(script, { workerData, transferList: [port2] });
    port1.on("message", () => this.#settle());
  }

  get length() {
    return (this.#written - this.#settled) | 0;
  }

  send(index, input) {
    if (this.length === CAPACITY) throw new RangeError("the ring is full");
    const position = this.#written;
    const at = place(position);
    this.requests[at] = index;
    this.requests[at + 1] = input;
    this.#written = (position + 1) | 0;
    if (!this.#publishing) {
      this.#publishing = true;
      queueMicrotask(this.#publish);
    }
    return new Promise((resolve, reject) => {
      this.#owed[position & (CAPACITY - 1)] = { resolve, reject };
    });
  }

  /** Once per microtask, however many have been written. */
  #publish = () => {
    this.#publishing = false;
    Atomics.store(this.control, REQUESTED, this.#written);
    if (Atomics.load(this.control, ASLEEP) === 1) Atomics.notify(this.control, REQUESTED);
  };

  #settle() {
    // The bell is free before the answers are counted: what comes after the count rings again.
    Atomics.store(this.control, RUNG, 0);
    const answered = Atomics.load(this.control, ANSWERED);
    while (this.#settled !== answered) {
      const at = place(this.#settled);
      const slot = this.#settled & (CAPACITY - 1);
      const { resolve, reject } = this.#owed[slot];
      this.#owed[slot] = undefined;
      if (this.answers[at] === 0) resolve(this.answers[at + 1]);
      else reject(new Error("the task failed"));
      this.#settled = (this.#settled + 1) | 0;
    }
  }
}

/** The limit for numbers: no names, no errors worth reading, no cancel, no restart. */
export function open({ workers }) {
  const lines = Array.from({ length: workers }, () => new Line());
  return {
    task(name) {
      const index = NAMES.indexOf(name);
      if (index === -1) throw new TypeError(`the ring does not know ${name}`);
      return (input) => {
        let least = lines[0];
        for (const line of lines) if (line.length < least.length) least = line;
        return least.send(index, input);
      };
    },
    close: () => Promise.all(lines.map((line) => line.worker.terminate())),
  };
}
