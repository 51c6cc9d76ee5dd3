// Runs everything, from a fresh clone on: `npm test`. With names it runs those steps only:
// `node scripts/test.js unit examples`. It needs nothing installed, since it is what installs.
import { build, install } from "./steps/set-up.js";
import { check } from "./steps/check.js";
import { bench } from "./steps/bench.js";
import { cli } from "./steps/cli.js";
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
  cluster: () => suite("cluster"),
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

const sum = { passed: 0, failed: 0 };

/** A step that breaks down is one failure, and the others still run. */
async function count(name, step) {
  console.log(`\n--- ${name}`);
  try {
    const { passed, failed } = await step();
    sum.passed += passed;
    sum.failed += failed;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    sum.failed += 1;
  }
}

await count("set-up", async () => {
  await install(".");
  await build();
  return { passed: 0, failed: 0 };
});
if (sum.failed === 0) {
  for (const name of names.length > 0 ? names : Object.keys(STEPS)) await count(name, STEPS[name]);
}

console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 ? 0 : 1;
