import { readFile, realpath } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Plugin } from "esbuild";

const META = "__weftMeta";

/** What `import.meta` and its CommonJS relatives become: a variable of the file, which {@link originalMeta} declares. */
export const metaDefines: Readonly<Record<string, string>> = {
  "import.meta": META,
  __filename: `${META}.filename`,
  __dirname: `${META}.dirname`,
};

/** Code at the top of the bundle that the declarations use. It is outside esbuild's sight, so `import.meta` is the real one. */
export const metaBanner: string =
  'import { createRequire as __weftRequire } from "node:module";' +
  "const __weftResolve = (url) => (name) =>" +
  " /^\\.{0,2}\\//.test(name) ? new URL(name, url).href : import.meta.resolve(name);";

/**
 * Lets each bundled file keep the `import.meta` of the file that it was: `defineTasks(import.meta.url, ...)`
 * registers tasks under it, and files are read relative to it.
 */
export function originalMeta(entryUrl: string, originals: Map<string, string>): Plugin {
  return {
    name: "weftwork-original-meta",
    async setup(build) {
      const entry = await realpath(fileURLToPath(entryUrl));
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async ({ path, namespace }) => {
        if (namespace !== "file") return undefined;
        const source = await readFile(path, "utf8");
        originals.set(path, source);
        // Whoever asked for the entry knows it by that very URL, also if it is a link or has a query.
        const url = path === entry ? entryUrl : pathToFileURL(path).href;
        return { contents: declareMeta(source, url, path), loader: "default" };
      });
    },
  };
}

// In the first line, so that all lines keep their numbers; after `#!...`, which must come first.
function declareMeta(source: string, url: string, path: string): string {
  if (!/import\s*\.\s*meta|__filename|__dirname/.test(source)) return source;
  const at = source.startsWith("#!") ? source.indexOf("\n") + 1 : 0;
  const literal = JSON.stringify({ url, filename: path, dirname: dirname(path) });
  const declaration = `var ${META} = {...${literal}, resolve: __weftResolve(${JSON.stringify(url)})};`;
  return source.slice(0, at) + declaration + source.slice(at);
}
