/**
 * A file of this package that a worker runs. It is found by the package's own name and not beside this code,
 * of which nobody knows where it stands once it has been bundled, by us or by a user.
 */
export function workerFile(path: string): URL {
  return new URL(path, import.meta.resolve("weftwork/package.json"));
}
