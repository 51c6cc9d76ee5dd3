import { existsSync } from "node:fs";
import { join } from "node:path";
import { installFromDebian } from "../../scripts/steps/debian.js";

const modules = join(import.meta.dirname, "node_modules");
const linux = process.platform === "linux" && process.arch === "x64";

/**
 * Where the runtimes lie. Those of npm are found in their platform packages, because the wrappers
 * `bun` and `deno` only point there after an install script, and we run none. A runtime that this
 * machine can't have is `undefined`.
 */
export function binaries() {
  const oven = `@oven/bun-${process.platform}-${process.arch === "arm64" ? "aarch64" : process.arch}`;
  const deno = `@deno/${process.platform}-${process.arch}${process.platform === "linux" ? "-glibc" : ""}`;
  return {
    node: Object.fromEntries(
      ["22", "24", "26"].map((major) => [
        major,
        linux ? existing(`node${major}/bin/node`) : undefined,
      ]),
    ),
    bun: existing(`${oven}/bin/bun`),
    deno: existing(`${deno}/deno`),
    chromium: installedChromium(),
  };
}

function existing(path) {
  const file = join(modules, path);
  return existsSync(file) ? file : undefined;
}

function installedChromium() {
  const file = "/usr/bin/chromium";
  if (!existsSync(file)) installFromDebian("chromium");
  return existsSync(file) ? file : undefined;
}
