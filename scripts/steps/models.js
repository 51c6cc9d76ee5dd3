import { spawnSync } from "node:child_process";
import { installFromDebian } from "./debian.js";
import { suite } from "./suite.js";

/** Programs, each with Debian's package that has it. */
const TOOLS = { spin: "spin", cc: "gcc" };

/**
 * Searches the models of the protocols between a pool and its workers. A machine that can't have spin
 * skips them; in CI that is a failure.
 */
export async function models() {
  const packages = missing();
  if (packages.length > 0) installFromDebian(...packages);
  if (missing().length === 0) return suite("models");
  const mustHave = Boolean(process.env.CI);
  console.log(`${mustHave ? "NOT ok" : "skipped"}  models: this machine can't have spin`);
  return { passed: 0, failed: mustHave ? 1 : 0 };
}

function missing() {
  return Object.keys(TOOLS)
    .filter((tool) => spawnSync(tool, ["--version"]).error !== undefined)
    .map((tool) => TOOLS[tool]);
}
