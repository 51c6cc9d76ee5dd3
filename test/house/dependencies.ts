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

/** Optional peers, each with the one folder that loads it, and says what to install if it is not there. */
const LOADED_BY: Readonly<Record<string, string>> = {
  acorn: "src/testing/register/",
  bullmq: "src/executor/cluster/redis/",
  ioredis: "src/executor/cluster/redis/",
};

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

/**
 * The library needs no package. Its command does, and imports nothing that `dependencies` does not name.
 * Types of an optional peer are no import: they are gone when the code runs. A peer itself has its folder.
 */
export function packageImports(sources: Sources, manifest: Manifest): Violations {
  const violations: Violations = [];
  const ours = new Set(Object.keys(manifest.dependencies ?? {}));
  const used = new Set<string>();
  for (const [path, source] of sources) {
    const room = roomOf(path);
    // The fault tests have helpers of their own, which are not built.
    if (room === undefined || isTest(path) || path.startsWith("src/executor/faults/")) continue;
    for (const name of packagesIn(path, source)) {
      used.add(name);
      if (Object.hasOwn(LOADED_BY, name) && path.startsWith(LOADED_BY[name]!)) continue;
      if (room !== "cli") violations.push(`${path}: imports "${name}"; only src/cli may`);
      else if (!ours.has(name)) violations.push(`${path}: "${name}" is no dependency`);
    }
  }
  for (const name of ours) {
    if (!used.has(name)) violations.push(`package.json: nothing imports the dependency "${name}"`);
  }
  return violations;
}

/** The packages that are loaded when the code runs; a path in a package counts as the package. */
function packagesIn(path: string, source: string): Set<string> {
  const withoutTypes = source.replace(/^import type [^;]*;/gm, "");
  const names = importsOf(path, withoutTypes)
    .filter((specifier) => !isRelative(specifier) && !/^(?:node:|weftwork\b)/.test(specifier))
    .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)![0]);
  return new Set(names);
}

/** What is installed with weftwork is what its command needs; all versions are exact, a peer is optional. */
export function pinnedDependencies(manifest: Manifest): Violations {
  const violations: Violations = [];
  for (const name of Object.keys(manifest.peerDependencies ?? {})) {
    if (manifest.peerDependenciesMeta?.[name]?.optional !== true) {
      violations.push(`package.json: the peer "${name}" is not optional`);
    }
  }
  const pinned = { ...manifest.dependencies, ...manifest.devDependencies };
  for (const [name, version] of Object.entries(pinned)) {
    if (!/^\d+\.\d+\.\d+/.test(version))
      violations.push(`package.json: "${name}" is not pinned: ${version}`);
  }
  return violations;
}
