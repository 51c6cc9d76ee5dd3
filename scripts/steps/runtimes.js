import { missing } from "./missing.js";
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
  return {
    passed: results.reduce((total, { passed }) => total + passed, 0),
    failures: results.flatMap(({ failures }) => failures),
  };
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

function report(runtime, { passed, failures }) {
  const all = passed + failures.length;
  console.log(`${failures.length === 0 ? "ok" : "NOT ok"}  ${runtime}: ${passed} of ${all}`);
  return { passed, failures: failures.map((failure) => `${runtime}: ${failure}`) };
}
