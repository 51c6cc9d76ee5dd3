import { fork } from "node:child_process";

const script = new URL("../tasks/fork-batched.js", import.meta.url);

/** A child process. It answers in the order of the inputs, so nothing needs a number. */
class Line {
  #batch = [];
  #owed = [];
  #settled = 0;

  constructor() {
    this.child = fork(script);
    this.child.on("message", (answers) => {
      for (const { value, error } of answers) {
        const { resolve, reject } = this.#owed[this.#settled++];
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      }
      this.#owed.splice(0, this.#settled);
      this.#settled = 0;
    });
  }

  get length() {
    return this.#owed.length - this.#settled;
  }

  send(name, input) {
    if (this.#batch.length === 0) queueMicrotask(() => this.#flush(name));
    this.#batch.push(input);
    return new Promise((resolve, reject) => this.#owed.push({ resolve, reject }));
  }

  #flush(name) {
    const inputs = this.#batch;
    this.#batch = [];
    this.child.send({ name, inputs });
  }
}

/** The limit for processes: whatever one turn submits goes over as one message. One function at a time. */
export function open({ workers }) {
  const lines = Array.from({ length: workers }, () => new Line());
  return {
    task: (name) => (input) => {
      let least = lines[0];
      for (const line of lines) if (line.length < least.length) least = line;
      return least.send(name, input);
    },
    close() {
      for (const { child } of lines) child.disconnect();
    },
  };
}
