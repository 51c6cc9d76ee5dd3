import { defineTasks } from "../../dist/executor/index.js";

export const { next, untilCancelled } = defineTasks(import.meta.url, {
  next: (n) => n + 1,
  /** Tells that it runs, and ends when it is told to. */
  untilCancelled: (_, scope) =>
    new Promise((_, reject) => {
      scope.onCancel(reject);
      scope.report("runs");
    }),
});
