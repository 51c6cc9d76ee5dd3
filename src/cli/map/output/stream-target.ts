import type { Writable } from "node:stream";
import type { Target } from "./target.js";

/** Stdout, or what else can't be cut to a length: a pipe, a device. */
export class StreamTarget implements Target {
  readonly #stream: Writable;

  constructor(stream: Writable) {
    this.#stream = stream;
    // Each write is told of the error too; without a listener it would also end the process.
    stream.on("error", () => {});
  }

  write(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#stream.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  async sync(): Promise<void> {}

  async close(): Promise<void> {}
}
