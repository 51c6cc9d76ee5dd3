import { importsOf, isRelative, resolveImport } from "./imports.js";
import type { Sources, Violations } from "./sources.js";

/** No file reaches itself by its imports, type imports included: two such files are one idea. */
export function cycles(sources: Sources): Violations {
  const targets = new Map<string, string[]>();
  for (const [path, source] of sources) {
    const relative = importsOf(path, source).filter(isRelative);
    targets.set(
      path,
      relative.map((specifier) => resolveImport(path, specifier, sources)),
    );
  }
  const violations: Violations = [];
  const done = new Set<string>();
  const visit = (path: string, trail: string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) violations.push(`import cycle: ${[...trail.slice(start), path].join(" -> ")}`);
    if (start >= 0 || done.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of targets.keys()) visit(path, []);
  return violations;
}
