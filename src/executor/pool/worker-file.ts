import { existsSync } from "node:fs";

/**
 * A file of this package that a worker runs. Mostly it stands where it was built to stand, which is seen at once. Of
 * this code nobody knows where it stands once it has been bundled, by us or by a user: then the file is found by the
 * package's own name, which takes some milliseconds of a worker's start.
 */
export function workerFile(path: string): URL {
  const built = new URL(`../../${path}`, import.meta.url);
  return existsSync(built) ? built : new URL(path, import.meta.resolve("weftwork/package.json"));
}
