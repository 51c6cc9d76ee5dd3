import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { OnResolveArgs, OnResolveResult, Plugin } from "esbuild";
import { isTypeScript } from "./is-typescript.js";

const ASKED = Symbol("weftwork-asked");

/**
 * Leaves packages out of the bundle: Node loads them, so a package has one instance in a worker however
 * many task modules import it. Only a package that is itself TypeScript (of a workspace) must come in.
 *
 * `home` is the folder whose `node_modules` the bundle sees; undefined if it stands outside the project.
 * `linked` collects the files that the bundle names by their place: if one moves, the bundle is stale.
 */
export function outsidePackages(home: string | undefined, linked: Set<string>): Plugin {
  return {
    name: "weftwork-outside-packages",
    setup(build) {
      build.onResolve({ filter: /^[^.]/ }, async (args): Promise<OnResolveResult | undefined> => {
        const { path, kind, importer, resolveDir, pluginData } = args;
        if (pluginData === ASKED || kind === "entry-point" || isAbsolute(path)) return undefined;
        if (isBuiltin(path) || /^[a-z]{2,}:/.test(path)) return { path, external: true };
        const asked = { kind, importer, resolveDir, with: args.with, pluginData: ASKED };
        const found = await build.resolve(path, asked);
        // Unknown packages are left to Node: they may be optional, and its error is the better known one.
        if (found.errors.length > 0 || found.external) return { path, external: true };
        if (isTypeScript(found.path)) return undefined;
        if (home !== undefined && isSeenFrom(home, args)) return { path, external: true };
        linked.add(found.path);
        return { path: nameFor(args, found.path), external: true };
      });
    },
  };
}

// `require` takes no URLs.
function nameFor({ kind }: OnResolveArgs, path: string): string {
  return kind === "require-call" ? path : pathToFileURL(path).href;
}

// Node would find the package from the bundle's place as from the importer's. That is not so for a package
// that only a neighbour in the workspace has, for `#internal` names, for a package that imports itself by
// name, and for `paths` of a tsconfig.
function isSeenFrom(home: string, { path, resolveDir }: OnResolveArgs): boolean {
  const name = path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");
  for (let folder = resolveDir; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "node_modules", name))) return contains(folder, home);
    if (folder === dirname(folder)) return false;
  }
}

function contains(outer: string, inner: string): boolean {
  return outer === inner || (dirname(inner) !== inner && contains(outer, dirname(inner)));
}
