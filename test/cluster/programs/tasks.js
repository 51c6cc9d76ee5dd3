import { existsSync } from "node:fs";
import { connect } from "node:net";
import { defineTasks } from "weftwork/tasks";

/** Computes for about so many milliseconds, as work does. */
function burn(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

export const tasks = defineTasks(import.meta.url, {
  square: (n) => n * n,
  /** A square that takes its time. */
  slowSquare: (n) => {
    burn(n % 4);
    return n * n;
  },
  failOnThrees: (n) => {
    if (n % 3 === 0) throw new RangeError(`${n} is a multiple of three`);
    return n;
  },
  keyOf: (_, scope) => ({ key: scope.jobKey, attempt: scope.attempt }),
  /** Lets nothing else run in its thread until there is such a file. */
  blockUntil: (path) => {
    const nobody = new Int32Array(new SharedArrayBuffer(4));
    while (!existsSync(path)) Atomics.wait(nobody, 0, 0, 20);
    return "went on";
  },
  big: (length) => "x".repeat(length),
  /** Waits at a gate, under a name that tells which delivery it is of what. */
  holdKey: (port, scope) =>
    new Promise((resolve) => {
      const name = `${scope.jobKey} ${scope.attempt}`;
      const socket = connect(port, "127.0.0.1", () => socket.write(`${name}\n`));
      socket.on("error", () => {});
      socket.on("close", () => resolve(name));
      socket.resume();
    }),
  /** Ends not only its worker but the whole host. */
  killHost: () => process.kill(process.pid, "SIGKILL"),
});
