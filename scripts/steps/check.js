import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { must, root, tool } from "./run.js";
import { suite } from "./suite.js";

const CHECKS = {
  format: () => node("oxfmt/bin/oxfmt", "--check"),
  lint: () => node("oxlint/bin/oxlint"),
  types: () => node("typescript/bin/tsc", "-p", "tsconfig.json"),
  package: checkPackage,
  size: () => node("size-limit/bin.js"),
  "unused code": () => node("knip/bin/knip.js"),
};

/** Everything that is said about the code without running the library, house rules included. */
export async function check() {
  const results = await suite("house");
  for (const [name, run] of Object.entries(CHECKS)) {
    try {
      await run();
      results.passed += 1;
      console.log(`ok  ${name}`);
    } catch (error) {
      console.log(`NOT ok  ${name}`);
      results.failures.push(`${name}: ${error.message}`);
    }
  }
  return results;
}

function node(file, ...args) {
  return must(process.execPath, [tool(file), ...args]);
}

/** Looks at the tarball, not at the folder: only that is what users get. */
async function checkPackage() {
  const folder = join(root, ".cache/pack");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await must("npm", ["pack", "--ignore-scripts", "--pack-destination", folder]);
  const tarball = join(folder, readdirSync(folder)[0]);
  await node("publint/src/cli.js", "run", tarball, "--strict");
  await node("@arethetypeswrong/cli/dist/index.js", tarball, "--profile", "esm-only");
}
