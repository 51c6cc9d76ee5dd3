// Three ways to raise a counter that other threads raise too.
import { defineTasks } from "weftwork/tasks";
import type { SharedCounter, SharedLock } from "weftwork/shared";

interface Input {
  counter: SharedCounter;
  lock: SharedLock;
  turns: number;
}

/** Wrong: between reading and writing another thread may do the same, and one of the two is lost. */
function bare({ counter, turns }: Input): void {
  for (let i = 0; i < turns; i += 1) counter.value += 1;
}

function locked({ counter, lock, turns }: Input): void {
  for (let i = 0; i < turns; i += 1) {
    using _ = lock.acquireSync();
    counter.value += 1;
  }
}

function added({ counter, turns }: Input): void {
  for (let i = 0; i < turns; i += 1) counter.add(1);
}

export const counting = defineTasks(import.meta.url, { bare, locked, added });
