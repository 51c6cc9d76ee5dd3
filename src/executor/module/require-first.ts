/** Flags after which modules may be loaded otherwise than Node does it, by hooks that `require` would pass by. */
const HOOKS =
  /(^|\s)(-r|--(require|import|loader|experimental-(loader|default-type|.*config-file)))\b/;

/** Nothing of the user's has run here yet: no module, which could have registered hooks. */
let untouched = true;

/**
 * Loads the first module of a worker, if it is an ES module, by `require`; undefined if it is to be imported. The
 * module and its namespace are the same, but Node's loader for `import` is not made ready, which takes a tenth of
 * the start of a worker.
 *
 * Whatever fails is left to `import`, which says why: a module that has run and failed doesn't run again by that.
 */
export function requireFirst(url: string): unknown {
  if (!untouched) return undefined;
  untouched = false;
  const { execArgv, env } = process;
  if (HOOKS.test([...execArgv, env["NODE_OPTIONS"]].join(" "))) return undefined;
  try {
    if (!isEsModule(new URL(url))) return undefined;
    const { fileURLToPath } = process.getBuiltinModule("node:url");
    const { createRequire } = process.getBuiltinModule("node:module");
    return createRequire(import.meta.url)(fileURLToPath(url)) as unknown;
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
