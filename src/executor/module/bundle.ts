import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { BuildFailure, BuildOptions, Message } from "esbuild";
import type { FoundEsbuild } from "./esbuild.js";
import { metaBanner, metaDefines, originalMeta } from "./original-meta.js";
import { outsidePackages } from "./outside-packages.js";

/** A module with all the files of its project that it imports, in one piece of JavaScript. */
export interface Bundle {
  readonly code: string;
  /** The files that it depends on, by absolute path. */
  readonly inputs: readonly string[];
}

/** Bundles the module for this Node; `home` is as in {@link outsidePackages}. */
export async function bundle(
  url: string,
  esbuild: FoundEsbuild,
  home: string | undefined,
): Promise<Bundle> {
  const entry = fileURLToPath(url);
  const folder = dirname(entry);
  const originals = new Map<string, string>();
  const linked = new Set<string>();
  const options = {
    entryPoints: [entry],
    absWorkingDir: folder,
    outfile: join(folder, "bundle.mjs"), // never written; the map's paths are relative to it
    write: false,
    metafile: true,
    bundle: true,
    format: "esm",
    platform: "node",
    target: `node${process.versions.node.split(".")[0]}`,
    // Node's own conditions. Left to itself esbuild would add "module", which Node doesn't know.
    conditions: ["node-addons", "module-sync"],
    sourcemap: "external",
    ignoreAnnotations: true, // "sideEffects": false is a hint to those who care for size
    define: metaDefines,
    banner: { js: `${metaBanner}const require = __weftRequire(${JSON.stringify(url)});` },
    plugins: [outsidePackages(home, linked), originalMeta(url, originals)],
    logLevel: "silent",
  } satisfies BuildOptions;
  try {
    const { outputFiles, metafile } = await esbuild.run((api) => api.build(options));
    const text = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? "";
    const map = inlineMap(text(".map"), folder, originals);
    const inputs = Object.keys(metafile.inputs).map((path) => resolve(folder, path));
    return { code: `${text(".mjs")}${map}\n`, inputs: [...inputs, ...linked] };
  } catch (error) {
    throw failureOf(error, entry);
  }
}

// The sources become URLs, so that spaces and `#` in a path survive, and hold what is on the disk.
function inlineMap(json: string, folder: string, originals: Map<string, string>): string {
  const map = JSON.parse(json) as { sources: string[]; sourcesContent: (string | null)[] };
  for (const [i, source] of map.sources.entries()) {
    const path = resolve(folder, source);
    map.sources[i] = pathToFileURL(path).href;
    map.sourcesContent[i] = originals.get(path) ?? map.sourcesContent[i] ?? null;
  }
  const data = Buffer.from(JSON.stringify(map)).toString("base64");
  return `//# sourceMappingURL=data:application/json;base64,${data}`;
}

// esbuild's own error carries a report for a terminal; what a caller needs of it is where and what.
function failureOf(error: unknown, entry: string): unknown {
  const { errors } = error as Partial<BuildFailure>;
  if (!Array.isArray(errors)) return error;
  const lines = errors.map((message) => `\n  ${describe(message, dirname(entry))}`);
  return new SyntaxError(`${entry} can't be loaded:${lines.join("")}`);
}

function describe({ location, text }: Message, folder: string): string {
  if (location === null) return text;
  return `${resolve(folder, location.file)}:${location.line}:${location.column + 1}: ${text}`;
}
