/** Whether a path or the path of a URL ends as TypeScript files do. */
export function isTypeScript(path: string): boolean {
  return /\.(?:[cm]?ts|tsx)$/.test(path);
}
