import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of `path` and all above it, innermost first. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); folders.at(-1) !== folder; folder = dirname(folder)) {
    folders.push(folder);
  }
  return folders;
}

/**
 * The project's folder that a file belongs to, by its `package.json`: the nearest that has packages
 * installed, because one without may be there only to say `"type": "module"`, else the nearest.
 */
export function projectOf(path: string): string | undefined {
  const projects = foldersAbove(path).filter((folder) => existsSync(join(folder, "package.json")));
  return projects.find((folder) => existsSync(join(folder, "node_modules"))) ?? projects[0];
}
