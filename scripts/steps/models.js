import { provide } from "./debian.js";
import { missing } from "./missing.js";
import { suite } from "./suite.js";

/**
 * Searches the models of the protocols between threads. A machine that can't have spin skips them; in CI that
 * is a failure.
 */
export async function models() {
  if (provide({ spin: "spin", cc: "gcc" }).length === 0) return suite("models");
  return missing("spin, and a C compiler for what it makes");
}
