import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

const root = join(import.meta.dirname, "..");

/**
 * Executors start their workers from compiled files, so their tests import the built package, by its own
 * name. Before the tests run it is built, unless it is as new as its sources.
 */
export default function setUp(project: TestProject): void {
  buildIfOld();
  project.onTestsRerun(async () => buildIfOld());
}

function buildIfOld(): void {
  const sources = ["src", "package.json", "tsconfig.json", "tsconfig.build.json"];
  if (Math.max(...sources.map((path) => changedMs(path))) < changedMs("dist/index.js")) return;
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit" });
}

/** When a file, or whatever is in a folder, was changed last. A folder changes when something leaves it. */
function changedMs(path: string): number {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) return stats?.mtimeMs ?? -Infinity;
  const inside = readdirSync(join(root, path), { withFileTypes: true })
    .filter(({ name }) => !name.includes(".test."))
    .map(({ name }) => changedMs(join(path, name)));
  return Math.max(stats.mtimeMs, ...inside);
}
