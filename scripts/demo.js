// The main job on real input: reads and hashes every file of the installed packages, with several limits.
// Sets itself up on a fresh clone. Ctrl-C cancels the run, waits for the files that are open, and exits.
import { createHash } from "node:crypto";
import { filesBelow } from "./steps/files.js";
import { readFile } from "node:fs/promises";
import { build, install } from "./steps/set-up.js";

await install(".");
await build();
const { forEachConcurrent, now, runMain } = await import("../dist/index.js");

const files = filesBelow("node_modules");

async function hashAll(limit, scope) {
  let bytes = 0;
  let open = 0;
  let mostOpen = 0;
  const startedMs = now();
  const hashFile = async (file, { signal }) => {
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    const content = await readFile(file, { signal });
    createHash("sha256").update(content).digest();
    bytes += content.length;
    open -= 1;
  };
  await forEachConcurrent(files, hashFile, { limit, signal: scope.signal });
  const seconds = (now() - startedMs) / 1_000;
  return {
    limit,
    "most open at once": mostOpen,
    seconds: Number(seconds.toFixed(2)),
    "files/s": Math.round(files.length / seconds),
    "MB/s": Math.round(bytes / 1e6 / seconds),
  };
}

await runMain(async (scope) => {
  console.log(`sha256 of ${files.length} files of node_modules`);
  await hashAll(16, scope); // so that the disk's cache serves all rounds alike
  const rows = [];
  for (const limit of [1, 4, 16, 64]) rows.push(await hashAll(limit, scope));
  console.table(rows);
});
