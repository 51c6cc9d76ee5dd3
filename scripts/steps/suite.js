import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root, run, tool } from "./run.js";

/**
 * Runs one vitest project and counts its tests. `node` is the binary to run it with: the tests of
 * the core are the same in every version.
 */
export async function suite(project, node = process.execPath) {
  const report = join(root, ".cache/reports", `${project}.json`);
  mkdirSync(join(root, ".cache/reports"), { recursive: true });
  rmSync(report, { force: true });
  const args = [tool("vitest/vitest.mjs"), "run", "--project", project, "--reporter=default"];
  args.push("--reporter=json", `--outputFile.json=${report}`);
  const { code } = await run(node, args, { show: true });
  const counts = countsIn(report);
  // A file that does not load, and a rejection that no test saw, are failures without a test.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function countsIn(report) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
