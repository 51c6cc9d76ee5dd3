/** True in a process without hooks for modules, until something of the user's has run that could have registered some. */
let allowed = false;

/** Called as a worker process starts in which there are no hooks for modules. */
export function allowRequire(): void {
  allowed = true;
}

/** Called before code of the user's runs: what is loaded later is imported. */
export function forbidRequire(): void {
  allowed = false;
}

/**
 * Loads the first module of a worker process, if it is an ES module, by `require`; undefined if it is to be imported.
 * The module is the same, but Node's loader for `import` is not made ready, which takes a part of the start.
 *
 * Whatever fails is left to `import`, which says why: a module that has run and failed doesn't run again by that.
 */
export function requireFirst(url: string): unknown {
  if (!allowed) return undefined;
  forbidRequire();
  try {
    if (!isEsModule(new URL(url))) return undefined;
    const { fileURLToPath } = process.getBuiltinModule("node:url");
    const { createRequire } = process.getBuiltinModule("node:module");
    const loaded: unknown = createRequire(import.meta.url)(fileURLToPath(url));
    const { types } = process.getBuiltinModule("node:util");
    return types.isModuleNamespaceObject(loaded) ? loaded : undefined;
  } catch {
    return undefined;
  }
}

/** By its name and its `package.json`: what only its syntax would tell is not worth the reading. */
function isEsModule(file: URL): boolean {
  if (file.protocol !== "file:" || file.search !== "" || file.hash !== "") return false;
  if (!file.pathname.endsWith(".js")) return file.pathname.endsWith(".mjs");
  const { readFileSync } = process.getBuiltinModule("node:fs");
  for (let at = new URL("package.json", file); ; at = new URL("../package.json", at)) {
    try {
      return (JSON.parse(readFileSync(at, "utf8")) as { type?: unknown }).type === "module";
    } catch {
      if (at.pathname === new URL("../package.json", at).pathname) return false;
    }
  }
}
