import { FRONT_DOOR } from "./floors.js";
import { importsOf, isRelative } from "./imports.js";
import { isTest, roomOf, type Sources, type Violations } from "./sources.js";

export interface Manifest {
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
  devDependencies?: Record<string, string>;
  exports?: Record<string, unknown>;
}

const STANDS_ALONE = new Set(["index", "core", ...FRONT_DOOR]);

/**
 * The front door needs nothing: no package, and nothing of Node either, since it loads in browsers.
 * Not even a type: the declarations would then ask every user for `@types/node`.
 */
export function bareImports(sources: Sources): Violations {
  const violations: Violations = [];
  for (const [path, source] of sources) {
    if (!STANDS_ALONE.has(roomOf(path) ?? "") || isTest(path)) continue;
    for (const specifier of importsOf(path, source)) {
      if (!isRelative(specifier))
        violations.push(`${path}: imports "${specifier}"; it must stand alone`);
    }
  }
  return violations;
}

/** Whoever installs weftwork installs weftwork: a peer is optional, a tool has an exact version. */
export function runtimeDependencies(manifest: Manifest): Violations {
  const violations: Violations = [];
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    violations.push(`package.json: "${name}" is a runtime dependency`);
  }
  for (const name of Object.keys(manifest.peerDependencies ?? {})) {
    if (manifest.peerDependenciesMeta?.[name]?.optional !== true) {
      violations.push(`package.json: the peer "${name}" is not optional`);
    }
  }
  for (const [name, version] of Object.entries(manifest.devDependencies ?? {})) {
    if (!/^\d+\.\d+\.\d+/.test(version))
      violations.push(`package.json: "${name}" is not pinned: ${version}`);
  }
  return violations;
}
