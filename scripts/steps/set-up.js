import { statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { must, root } from "./run.js";

/**
 * Installs a folder's packages, unless they are there and as new as the lockfile.
 *
 * With `npm install`, which takes the versions of the lockfile and leaves it as it is, and not with
 * `npm ci`: that one refuses a lockfile without the binaries for other systems, and npm leaves those
 * out wherever a registry's mirror lacks them.
 */
export async function install(folder, args = []) {
  const cwd = join(root, folder);
  const receipt = join(cwd, "node_modules/.package-lock.json");
  if (changedMs(receipt) >= changedMs(join(cwd, "package-lock.json"))) return;
  console.log(`npm install in ${folder === "." ? "the repository" : folder}`);
  await must("npm", ["install", "--no-save", "--no-audit", "--no-fund", ...args], { cwd });
  // npm writes no new receipt if it had nothing to do.
  const now = new Date();
  utimesSync(receipt, now, now);
}

export async function build() {
  await must("npm", ["run", "--silent", "build"]);
}

function changedMs(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
}
