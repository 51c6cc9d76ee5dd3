/** What is compared: installed from the lockfile on demand, and named with its version. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const bench = new URL("../", import.meta.url);
const { dependencies: pinned } = readJson(new URL("package.json", bench));

/** Installs the pinned peers if one of them is missing or of another version. */
export function installPeers() {
  if (Object.entries(pinned).every(([name, version]) => installed(name) === version)) return;
  console.log("Installing the peers (npm install in bench/) ...");
  // Not `npm ci`: it refuses where a registry's mirror lacks the binaries for other systems.
  execFileSync("npm", ["install", "--no-save", "--no-audit", "--no-fund"], {
    cwd: bench,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32", // npm is a script there
  });
}

/** The version of what `implementation` stands for. */
export function versionOf(implementation, { node, python }) {
  if (implementation.python) return python ?? "";
  if (implementation.name === "weftwork")
    return readJson(new URL("../package.json", bench)).version;
  return implementation.from ? installed(implementation.from) : `node ${node}`;
}

/** What `command` prints as its version, or undefined if it can't be started. */
export function commandVersion(command) {
  try {
    const printed = execFileSync(command, ["--version"], { encoding: "utf8", stdio: "pipe" });
    return printed.trim().replace(/^(v|Python )/, "");
  } catch {
    return undefined;
  }
}

function installed(name) {
  const manifest = new URL(`node_modules/${name}/package.json`, bench);
  return existsSync(manifest) ? readJson(manifest).version : undefined;
}

function readJson(url) {
  return JSON.parse(readFileSync(url, "utf8"));
}
