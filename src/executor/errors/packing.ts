import type { Budget } from "./budget.js";
import type { PackedValue } from "./packed-error.js";

/** One run of `packError`, as those see it who pack the records. */
export interface Packing {
  readonly budget: Budget;
  /** Packs what is inside a record; an object in it gets a record of its own, later. */
  value(value: unknown): PackedValue;
}
