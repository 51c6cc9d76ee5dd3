import { posix } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import type { Sources } from "./sources.js";

/**
 * Every module that `source` names: imports and re-exports (of types too), `import()`,
 * `import("x").Type` and `import x = require("x")`. Parsed, not matched: a regular expression
 * misses the multi-line ones and finds those in comments.
 */
export function importsOf(path: string, source: string): string[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]!.message}`);
  const found: string[] = [];
  const add = (node: { type: string; value?: unknown } | null): void => {
    if (node?.type === "Literal") found.push(String(node.value));
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
    TSExternalModuleReference: (node) => add(node.expression),
  }).visit(program);
  return found;
}

export function isRelative(specifier: string): boolean {
  return /^\.\.?(\/|$)/.test(specifier);
}

/** The file that a relative import of `path` means: NodeNext writes `./scope.js` for `scope.ts`. */
export function resolveImport(path: string, specifier: string, sources: Sources): string {
  const target = posix.join(posix.dirname(path), specifier);
  if (sources.has(target)) return target;
  const typescript = target.replace(/\.([cm]?)js$/, ".$1ts");
  if (sources.has(typescript)) return typescript;
  if (sources.has(`${target}/index.ts`)) return `${target}/index.ts`;
  return target;
}
