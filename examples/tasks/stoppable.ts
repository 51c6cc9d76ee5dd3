import { sleep } from "weftwork";
import { type TaskScope, defineTasks } from "weftwork/tasks";

/** Waits, with the scope: the cancel ends the wait. */
async function waits(_: undefined, scope: TaskScope): Promise<void> {
  try {
    scope.report("started");
    await sleep(60_000, scope);
  } finally {
    scope.report("cleaned up");
  }
}

/** Computes, and never gives its loop a turn. It can ask all the same. */
function asks(_: undefined, scope: TaskScope): void {
  while (!scope.cancelled) Math.sqrt(2);
  scope.report("cleaned up");
  scope.throwIfCancelled();
}

/** Heeds nothing. */
function deaf(): never {
  for (;;) Math.sqrt(2);
}

export const stoppable = defineTasks(import.meta.url, { waits, asks, deaf });
