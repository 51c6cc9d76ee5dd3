/**
 * What Node's refusal to load a module says about bundling it.
 *
 * - `typescript`: Node said that it can't do this TypeScript; a bundler can.
 * - `unclear`: either TypeScript's manners (`./x.js` for `./x.ts`, a type imported as if it were a value,
 *   decorators, `paths`), or plainly a mistake: only trying tells.
 */
export type Refusal = "typescript" | "unclear";

const REFUSALS: Readonly<Record<string, Refusal>> = {
  ERR_UNKNOWN_FILE_EXTENSION: "typescript",
  ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX: "typescript",
  ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING: "typescript",
  ERR_INVALID_TYPESCRIPT_SYNTAX: "unclear",
  ERR_MODULE_NOT_FOUND: "unclear",
  ERR_PACKAGE_PATH_NOT_EXPORTED: "unclear",
  ERR_PACKAGE_IMPORT_NOT_DEFINED: "unclear",
  ERR_UNSUPPORTED_DIR_IMPORT: "unclear",
};

/** How Node refused to load a module; undefined if it was loaded and then failed while it ran. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined) return REFUSALS[code];
  return error instanceof SyntaxError && comesFromLoader(error) ? "unclear" : undefined;
}

// A `JSON.parse` at the top of a module throws a SyntaxError too, but that module has run already, and
// what it did must not be done twice. Only the loader's own begin in the loader.
function comesFromLoader({ stack = "" }: Error): boolean {
  return /\n {4}at ([^\n]*)/.exec(stack)?.[1]?.includes("node:internal/modules/") ?? false;
}

/** Sees to it that the error of a module which can't be loaded says which one it is; other errors stay as they are. */
export function nameModule(error: unknown, path: string, bundle?: string): unknown {
  if (refusalOf(error) === undefined) return error;
  const failure = error as Error;
  const { message, stack } = failure;
  // "imported from" should name the file that its author knows.
  let named = bundle === undefined ? message : message.replaceAll(bundle, path);
  if (!named.includes(path)) named += ` (while loading ${path})`;
  failure.message = named;
  if (stack !== undefined) failure.stack = stack.replace(message, () => named);
  return failure;
}
