// Reads a table that another thread changes now and then.
import { defineTasks } from "weftwork/tasks";
import type { SharedRwLock } from "weftwork/shared";

export interface Table {
  lock: SharedRwLock;
  rates: Float64Array;
}

/** True if all rates were always those of one moment. */
function readAll({ lock, rates }: Table): boolean {
  for (let i = 0; i < 2000; i += 1) {
    using _ = lock.readSync();
    if (rates[0] !== rates[99]) return false;
  }
  return true;
}

export const rates = defineTasks(import.meta.url, { readAll });
