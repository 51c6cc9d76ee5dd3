import type { Sources, Violations } from "./sources.js";

const MOST_LINES = 200;
const REASON = /^\/\/ Over 200 lines because \S/m;

/** A file is one idea. A longer one says why in a line of its own: `// Over 200 lines because ...`. */
export function fileLength(sources: Sources): Violations {
  const violations: Violations = [];
  for (const [path, source] of sources) {
    const lines = source.split("\n").length - (source.endsWith("\n") ? 1 : 0);
    const excused = REASON.test(source);
    if (lines > MOST_LINES && !excused) {
      violations.push(
        `${path}: ${lines} lines: split it, or write "// Over 200 lines because ..."`,
      );
    }
    if (lines <= MOST_LINES && excused) {
      violations.push(`${path}: ${lines} lines: its "Over 200 lines because" is out of date`);
    }
  }
  return violations;
}

/** An example is read on one screen. */
export function exampleLength(sources: Sources): Violations {
  const violations: Violations = [];
  for (const [path, source] of sources) {
    const lines = source.trimEnd().split("\n").length;
    if (path.startsWith("examples/") && lines > 40) {
      violations.push(`${path}: ${lines} lines: an example has 40 at most`);
    }
  }
  return violations;
}
