import { type CompileFunctionOptions, constants, runInThisContext } from "node:vm";

const OPTIONS = { importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER } as const;

let warned = false;

/**
 * What a compiled text needs to use `import()`. Node warns at the first such import that the option is an
 * experiment: our own choice, of which the program's user can make nothing. So the first one is made here,
 * while nobody listens.
 */
export function withImports(): Pick<CompileFunctionOptions, "importModuleDynamically"> {
  if (warned) return OPTIONS;
  warned = true;
  const emitWarning = Reflect.get<NodeJS.Process, "emitWarning">(process, "emitWarning");
  process.emitWarning = () => {};
  try {
    void runInThisContext(`import("node:vm")`, OPTIONS);
  } finally {
    process.emitWarning = emitWarning;
  }
  return OPTIONS;
}
