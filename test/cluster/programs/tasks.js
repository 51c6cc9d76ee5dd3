import { defineTasks } from "weftwork/executor";

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
  big: (length) => "x".repeat(length),
  /** Ends not only its worker but the whole host. */
  killHost: () => process.kill(process.pid, "SIGKILL"),
});
