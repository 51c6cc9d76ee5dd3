import { existsSync } from "node:fs";
import { join } from "node:path";
import { install } from "./set-up.js";
import { must, root } from "./run.js";

/** The benchmarks still run; what they measure here says nothing. */
export async function bench() {
  if (!existsSync(join(root, "bench/async"))) return { passed: 0, failures: [] };
  await install("bench");
  const names = ["advisor", "cluster", "loop", "map", "pools", "shared", "testing"];
  const benches = ["bench", ...names.map((name) => `bench:${name}`)];
  for (const name of benches) {
    await must("npm", ["run", "--silent", name, "--", "--smoke"]);
    console.log(`ok  ${name}`);
  }
  return { passed: benches.length, failures: [] };
}
