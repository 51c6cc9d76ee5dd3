import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { must, root, tool } from "./steps/run.js";

/**
 * Makes `dist`: declarations by tsc, JavaScript by esbuild, which puts the hundred files of `src` into a few
 * that the entries share. A worker thread loads them all before its first task, and Node takes longer to
 * find a small file than to compile it. See decisions/0008-few-files.md.
 */

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What is loaded by name: the subpaths of the package, its command, and what runs in workers. */
const entries = [
  ...Object.values(manifest.bin).map((file) => `./${file}`),
  ...Object.values(manifest.exports).flatMap(({ default: file }) => file ?? []),
  "./dist/executor/thread/thread-main.js",
  "./dist/executor/process/process-main.js",
  "./dist/cli/map/task/text-main.js",
  "./dist/loop/watchdog-main.js",
  "./dist/testing/executor-contract/tasks.js",
  "./dist/testing/register/hooks.js",
];

const dist = join(root, "dist");
rmSync(dist, { recursive: true, force: true });
await Promise.all([
  must(process.execPath, [tool("typescript/bin/tsc"), "-p", "tsconfig.build.json"]),
  build({
    absWorkingDir: root,
    entryPoints: entries.map((file) => file.replace("./dist", "src").replace(/\.js$/, ".ts")),
    outdir: dist,
    outbase: "src",
    bundle: true,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    format: "esm",
    platform: "node",
    packages: "external",
    target: "es2022",
    sourcemap: true,
    logLevel: "warning",
  }),
]);
