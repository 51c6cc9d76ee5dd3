import { spawnSync } from "node:child_process";

/** Installs packages where that can be done without asking: on Debian and its kin, as root. */
export function installFromDebian(...packages) {
  if (process.platform !== "linux" || process.getuid() !== 0) return;
  console.log(`apt-get install ${packages.join(" ")}`);
  const options = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], options);
}

/** Installs what is missing of `tools`, each a command with the package that has it. Gives what still is. */
export function provide(tools) {
  const missing = () =>
    Object.keys(tools).filter((tool) => spawnSync(tool, ["--version"]).error !== undefined);
  const wanted = missing().map((tool) => tools[tool]);
  if (wanted.length > 0) installFromDebian(...wanted);
  return missing();
}
