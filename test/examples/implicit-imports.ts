import { parseSync, Visitor } from "oxc-parser";

/** What each module that an example may import exports, in the order in which they are asked. */
export type Exports = ReadonlyMap<string, readonly string[]>;

/**
 * The imports that a docstring's example leaves out. It is read on the page of the name that it
 * shows, where an import would only repeat the page's title.
 */
export function implicitImports(code: string, exports: Exports): string {
  const { program } = parseSync("example.ts", code);
  const used = new Set<string>();
  const declared = new Set<string>();
  const declare = (node: { type: string; name?: string } | null | undefined): void => {
    if (node?.type === "Identifier") declared.add(node.name!);
  };
  new Visitor({
    Identifier: (node) => void used.add(node.name),
    VariableDeclarator: (node) => declare(node.id),
    FunctionDeclaration: (node) => declare(node.id),
    ClassDeclaration: (node) => declare(node.id),
    TSTypeAliasDeclaration: (node) => declare(node.id),
    TSInterfaceDeclaration: (node) => declare(node.id),
    ImportSpecifier: (node) => declare(node.local),
    ImportNamespaceSpecifier: (node) => declare(node.local),
  }).visit(program);
  const imports: string[] = [];
  for (const [module, names] of exports) {
    const wanted = names.filter((name) => used.has(name) && !declared.has(name));
    wanted.forEach((name) => declared.add(name));
    if (wanted.length > 0) imports.push(`import { ${wanted.join(", ")} } from "${module}";`);
  }
  return imports.join("\n");
}
