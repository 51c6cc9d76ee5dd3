import { Worker } from "node:worker_threads";

const script = new URL("../tasks/post-message.js", import.meta.url);

/** A worker and what it still owes. */
class Line {
  #owed = new Map();
  #nextId = 0;

  constructor() {
    this.worker = new Worker(script);
    this.worker.on("message", ({ id, value, error }) => {
      const { resolve, reject } = this.#owed.get(id);
      this.#owed.delete(id);
      if (error === undefined) resolve(value);
      else reject(error);
    });
  }

  get length() {
    return this.#owed.size;
  }

  send(name, input, transfer) {
    const id = this.#nextId++;
    this.worker.postMessage({ id, name, input }, transfer);
    return new Promise((resolve, reject) => this.#owed.set(id, { resolve, reject }));
  }
}

/** The least of a pool: one message there, one back, the worker that owes least. No cancel, no restart. */
export function open({ workers }) {
  const lines = Array.from({ length: workers }, () => new Line());
  return {
    task: (name) => (input, transfer) => {
      let least = lines[0];
      for (const line of lines) if (line.length < least.length) least = line;
      return least.send(name, input, transfer);
    },
    close: () => Promise.all(lines.map((line) => line.worker.terminate())),
  };
}
