import { install } from "./set-up.js";
import { root, run } from "./run.js";
import { stress } from "./stress.js";
import { suite } from "./suite.js";

const SMOKE = "test/runtimes/smoke-main.js";

/**
 * The core's tests on every Node that we support, and a smoke of each export in every runtime.
 * A runtime that this machine can't have is skipped here and is a failure in CI.
 */
export async function runtimes() {
  await install("test/runtimes", ["--ignore-scripts"]);
  const { binaries } = await import("../../test/runtimes/binaries.js");
  const { node, bun, deno, chromium } = binaries();
  const [current] = process.versions.node.split(".");
  const results = [];
  const also = async (runtime, binary, test) => {
    results.push(binary === undefined ? missing(runtime) : report(runtime, await test(binary)));
  };
  // The step "unit" has run the suite on the current Node.
  await also(`Node ${current}`, process.execPath, smokeBy());
  await also(`Node ${current}, stress`, process.execPath, stress);
  for (const [major, binary] of Object.entries(node)) {
    if (major === current) continue;
    await also(`Node ${major}`, binary, smokeBy());
    await also(`Node ${major}, stress`, binary, stress);
    await also(`Node ${major}, unit tests`, binary, (file) => suite("unit", file));
  }
  await also("Bun", bun, smokeBy());
  await also("Deno", deno, smokeBy("run", "--no-prompt"));
  await also("Chromium", chromium, async (file) => {
    const { smokeInChromium } = await import("../../test/runtimes/chromium.js");
    return smokeInChromium(file);
  });
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  return { passed: sum("passed"), failed: sum("failed") };
}

function smokeBy(...args) {
  return async (binary) => {
    const { code, output } = await run(binary, [...args, SMOKE], { cwd: root });
    const last = output.trimEnd().split("\n").at(-1);
    if (code !== 0 || !last.startsWith("{"))
      return { passed: 0, failures: [`exit code ${code}\n${output}`] };
    return JSON.parse(last);
  };
}

function report(runtime, { passed, failures = [], failed = failures.length }) {
  console.log(`${failed === 0 ? "ok" : "NOT ok"}  ${runtime}: ${passed} of ${passed + failed}`);
  for (const failure of failures) console.log(`  ${failure}`);
  return { passed, failed };
}

function missing(runtime) {
  const mustHave = Boolean(process.env.CI);
  console.log(`${mustHave ? "NOT ok" : "skipped"}  ${runtime}: this machine can't have it`);
  return { passed: 0, failed: mustHave ? 1 : 0 };
}
