import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { BundleCache } from "./bundle-cache.js";
import { bundle } from "./bundle.js";
import type { FoundEsbuild } from "./esbuild.js";
import { nameModule } from "./load-error.js";
import { projectOf } from "./project.js";

/** Part of every cache key: raise it when bundles are made differently. */
const FORMAT = "1";

/** Bundles the module, unless the cache of its project has it, and imports the bundle. */
export async function importBundled(url: string, esbuild: FoundEsbuild): Promise<unknown> {
  const path = fileURLToPath(url);
  const project = projectOf(path);
  const node = process.versions.node.split(".")[0]!;
  const cache =
    project === undefined ? undefined : BundleCache.in(project, FORMAT, url, esbuild.version, node);
  if (cache === undefined) return importOnce(url, (await bundle(url, esbuild, undefined)).code);
  return importFile(url, cache.get() ?? cache.put(await bundle(url, esbuild, project)));
}

// Where the project can't be written to, a folder of our own that is gone afterwards. A cache at a known
// place that all users can write to would let one of them slip code into the programs of another.
async function importOnce(url: string, code: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "weftwork-"));
  try {
    const file = join(folder, "bundle.mjs");
    writeFileSync(file, code);
    return await importFile(url, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importFile(url: string, file: string): Promise<unknown> {
  // A stack should name the line that the user wrote. It must be on before the import, because Node
  // takes note of a source map when it loads the file; so it stays off for whom nothing is bundled.
  process.setSourceMapsEnabled(true);
  try {
    return (await import(pathToFileURL(file).href)) as unknown;
  } catch (error) {
    throw nameModule(error, fileURLToPath(url), file);
  }
}
