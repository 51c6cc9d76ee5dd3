import { importsOf, isRelative, resolveImport } from "./imports.js";
import { isTest, roomOf, type Sources, type Violations } from "./sources.js";

/** Imports go down only. Folders on one floor are strangers. */
const FLOOR: Readonly<Record<string, number>> = {
  core: 0,
  task: 1,
  sync: 1,
  queue: 1,
  limit: 1,
  shared: 1,
  loop: 1,
  trace: 1,
  pipeline: 2,
  executor: 3,
  advisor: 4,
  testing: 4,
  dashboard: 4,
  cli: 5,
};

/** What `weftwork` itself re-exports. It loads in browsers, so nothing above may slip in. */
export const FRONT_DOOR: readonly string[] = ["task", "sync", "queue", "limit", "pipeline"];

export function floors(sources: Sources): Violations {
  const violations: Violations = [];
  for (const [path, source] of sources) {
    const room = roomOf(path);
    if (room === undefined) continue;
    if (room !== "index" && FLOOR[room] === undefined) {
      violations.push(
        `${path}: the folder "${room}" has no floor: give it one in test/house/floors.ts`,
      );
      continue;
    }
    for (const specifier of importsOf(path, source)) {
      if (!isRelative(specifier)) continue;
      const target = resolveImport(path, specifier, sources);
      const below = roomOf(target);
      if (below === undefined) violations.push(`${path}: imports ${target}, which is outside src`);
      else if (!mayImport(path, room, below))
        violations.push(`${path}: ${room} may not import ${below}`);
    }
  }
  return violations;
}

function mayImport(path: string, room: string, below: string): boolean {
  if (room === below) return true;
  // Errors and the words of a scope are core's; the door shows them beside what uses them.
  if (room === "index") return below === "core" || FRONT_DOOR.includes(below);
  // Tests of every floor run on the virtual host, which lives high up because it knows all the words.
  if (isTest(path) && below === "testing") return true;
  return (FLOOR[below] ?? Infinity) < FLOOR[room]!;
}
