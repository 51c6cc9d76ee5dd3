import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { hashOfText } from "./hash.js";

const ENDINGS = ["", ".ts", ".js", ".mts", ".mjs", ".json", "/index.ts", "/index.js"];

/**
 * A hash of a module and of all that it reaches by relative paths. Whatever it writes as one, `"./x.js"`,
 * is taken for an import: too much rather than too little, and no parser is needed. Packages are not looked at.
 */
export function moduleHash(path: string): string {
  const found = new Map<string, string>();
  visit(path, found);
  return hashOfText(...[...found.keys()].toSorted().map((file) => found.get(file)!));
}

function visit(path: string, found: Map<string, string>): void {
  if (found.has(path)) return;
  const text = readFileSync(path, "utf8");
  found.set(path, text);
  for (const [, name] of text.matchAll(/["'`](\.{1,2}\/[^"'`\n]+)["'`]/g)) {
    const file = fileAt(resolve(dirname(path), name!));
    if (file !== undefined) visit(file, found);
  }
}

/** TypeScript writes `./x.js` for `./x.ts`. */
function fileAt(path: string): string | undefined {
  const typescript = path.replace(/\.([cm]?)js$/, ".$1ts");
  return [...ENDINGS.map((ending) => path + ending), typescript].find(
    (file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true,
  );
}
