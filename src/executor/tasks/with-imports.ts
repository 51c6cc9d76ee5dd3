import type { CompileFunctionOptions } from "node:vm";

let warned = false;

/**
 * What a compiled text needs to use `import()`. Node warns at the first such import that the option is an
 * experiment: our own choice, of which the program's user can make nothing. So the first one is made here,
 * while nobody listens.
 */
export function withImports(): Pick<CompileFunctionOptions, "importModuleDynamically"> {
  const { constants, runInThisContext } = process.getBuiltinModule("node:vm");
  const options = { importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER } as const;
  if (warned) return options;
  warned = true;
  const emitWarning = Reflect.get<NodeJS.Process, "emitWarning">(process, "emitWarning");
  process.emitWarning = () => {};
  try {
    void runInThisContext(`import("node:vm")`, options);
  } finally {
    process.emitWarning = emitWarning;
  }
  return options;
}
