// Runs everything, from a fresh clone on: `npm test`. With names it runs those steps only:
// `node scripts/test.js unit examples`. It needs nothing installed, since it is what installs.
import { build, install } from "./steps/set-up.js";
import { check } from "./steps/check.js";
import { bench } from "./steps/bench.js";
import { cli } from "./steps/cli.js";
import { cluster } from "./steps/cluster.js";
import { explorations } from "./steps/explorations.js";
import { models } from "./steps/models.js";
import { runtimes } from "./steps/runtimes.js";
import { stalls } from "./steps/stalls.js";
import { suite } from "./steps/suite.js";

const STEPS = {
  check,
  unit: () => suite("unit"),
  explorations,
  interleavings: () => suite("interleavings"),
  faults: () => suite("faults"),
  cli,
  cluster,
  stalls,
  models,
  examples: () => suite("examples"),
  package: () => suite("package"),
  runtimes,
  bench,
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  console.error(`no such step: ${unknown.join(", ")}; there are ${Object.keys(STEPS).join(", ")}`);
  process.exit(2);
}

let passed = 0;
const failures = [];

/** A step that breaks down is one failure, and the others still run. */
async function count(name, step) {
  console.log(`\n--- ${name}`);
  const startedMs = performance.now();
  try {
    const result = await step();
    passed += result.passed;
    failures.push(...result.failures.map((failure) => `${name}: ${failure}`));
  } catch (error) {
    failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  console.log(`--- ${name} took ${Math.round((performance.now() - startedMs) / 1000)} s`);
}

await count("set-up", async () => {
  await install(".");
  await build();
  return { passed: 0, failures: [] };
});
if (failures.length === 0) {
  for (const name of names.length > 0 ? names : Object.keys(STEPS)) await count(name, STEPS[name]);
}

// At the end, where a log that was cut still has them.
for (const failure of failures) console.log(`\nNOT ok  ${failure}`);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
