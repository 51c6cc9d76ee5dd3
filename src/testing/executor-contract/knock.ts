import { connect } from "node:net";
import type { Scope } from "../../core/index.js";

/** Where to knock, and as whom. */
export interface Door {
  readonly port: number;
  readonly name: string;
}

/** Knocks at a gate and waits until it opens, or until `scope` is cancelled: then it rejects with the reason. */
export function knock({ port, name }: Door, scope?: Scope): Promise<void> {
  scope?.throwIfCancelled();
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`${name}\n`));
    const cancelled = scope?.onCancel((reason) => {
      reject(reason);
      socket.destroy();
    });
    socket.on("error", () => {}); // the test is over
    socket.on("close", () => {
      cancelled?.[Symbol.dispose]();
      resolve();
    });
    socket.resume();
  });
}
