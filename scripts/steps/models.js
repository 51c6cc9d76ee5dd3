import { provide } from "./debian.js";
import { suite } from "./suite.js";

/**
 * Searches the models of the protocols between threads. A machine that can't have spin skips them; in CI that
 * is a failure.
 */
export async function models() {
  if (provide({ spin: "spin", cc: "gcc" }).length === 0) return suite("models");
  const mustHave = Boolean(process.env.CI);
  console.log(`${mustHave ? "NOT ok" : "skipped"}  models: this machine can't have spin`);
  return { passed: 0, failed: mustHave ? 1 : 0 };
}
