import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.js";

/** Every file below `folder`, by its whole path. */
export function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
