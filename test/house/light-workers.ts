import { parseSync, Visitor } from "oxc-parser";
import { isRelative, resolveImport } from "./imports.js";
import type { Sources, Violations } from "./sources.js";

/** What a worker thread runs, and what modules of tasks import in it. */
const MAINS = ["src/executor/thread/thread-main.ts", "src/executor/task-module/index.ts"];
/** What most workers never need: to load it costs each of them time and memory. */
const LATER =
  /^src\/(pipeline|shared\/(index|shared-(?!object))|loop\/(index|watched-thread)|executor\/(index|jobs|pool|inline|cluster))/;

/** What costs nothing: Node has loaded it before. To import another one, see `executor/errors/node-util.ts`. */
const BUILT_IN = "node:worker_threads";

/** What few tasks need is loaded when one does, and not by every worker as it starts. */
export function lightWorkers(sources: Sources): Violations {
  const violations: Violations = [];
  const seen = new Set<string>();
  const visit = (path: string, from: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    if (LATER.test(path)) violations.push(`${from}: every worker loads ${path} for this`);
    const source = sources.get(path);
    if (source === undefined) return;
    for (const name of loadedWith(path, source)) {
      if (isRelative(name)) visit(resolveImport(path, name, sources), path);
      else if (name !== BUILT_IN) violations.push(`${path}: every worker loads ${name} for this`);
    }
  };
  for (const main of MAINS) visit(main, main);
  return violations;
}

/** The modules that are loaded before `source` runs: not those of types, nor by `import()`. */
function loadedWith(path: string, source: string): string[] {
  const found: string[] = [];
  new Visitor({
    ImportDeclaration({ importKind, specifiers, source: { value } }) {
      const types = specifiers.filter((each) => "importKind" in each && each.importKind === "type");
      const onlyTypes = specifiers.length > 0 && types.length === specifiers.length;
      if (importKind !== "type" && !onlyTypes) found.push(value);
    },
    ExportNamedDeclaration({ exportKind, source: from }) {
      if (exportKind !== "type" && from) found.push(from.value);
    },
    ExportAllDeclaration({ exportKind, source: from }) {
      if (exportKind !== "type") found.push(from.value);
    },
  }).visit(parseSync(path, source).program);
  return found;
}
