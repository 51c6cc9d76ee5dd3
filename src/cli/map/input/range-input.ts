import type { Input } from "./batch.js";
import { ListInput } from "./list-input.js";

/** The integers from `first` to `last`, both included. */
export function rangeInput(first: number, last: number): Input {
  return new ListInput(last - first + 1, "json", (index) => String(first + index));
}
