import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
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
  // A rejection that no test saw is a failure without a test.
  if (code !== 0 && counts.failures.length === 0) {
    counts.failures.push(`${project}: exit code ${code}, and no test failed: see what it printed`);
  }
  return counts;
}

function countsIn(report) {
  if (!existsSync(report)) return { passed: 0, failures: [] };
  const { numPassedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  return { passed: numPassedTests, failures: testResults.flatMap(failuresIn) };
}

function failuresIn({ name, status, message, assertionResults }) {
  const file = relative(root, name);
  const failed = assertionResults.filter((test) => test.status === "failed");
  // A file that does not load has no tests.
  if (status === "failed" && failed.length === 0) return [`${file}: ${message}`];
  return failed.map((test) => `${file} > ${test.fullName}: ${test.failureMessages.join("\n")}`);
}
