import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Path from the repository's root (with `/`) to the file's text. Every rule is a function of this. */
export type Sources = ReadonlyMap<string, string>;

/** What a rule found: one sentence per violation, which names the file. */
export type Violations = string[];

const FOLDERS = ["src", "test", "examples", "scripts", "bench"];
const NOT_OURS = new Set(["node_modules", "dist", "coverage"]);

/** Reads every TypeScript and JavaScript source of the repository. */
export function readSources(root: string): Sources {
  const sources = new Map<string, string>();
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!NOT_OURS.has(entry.name) && !entry.name.startsWith(".")) visit(path);
      } else if (/\.[cm]?[jt]s$/.test(entry.name)) {
        sources.set(path, readFileSync(join(root, path), "utf8"));
      }
    }
  };
  const present = new Set(readdirSync(root));
  for (const folder of FOLDERS) if (present.has(folder)) visit(folder);
  return sources;
}

/** The first folder under `src`: its place in the house. `src/index.ts` itself gives "index". */
export function roomOf(path: string): string | undefined {
  return /^src\/(\w[\w-]*)(?:\/|\.ts$)/.exec(path)?.[1];
}

export function isTest(path: string): boolean {
  return /\.test\.[cm]?[jt]s$/.test(path);
}
