import type * as NodeUtil from "node:util";

/**
 * The parts of `node:util` that errors need. Not imported: for an `import` of a built-in module Node looks at
 * all that it has, which loads what no worker uses, in each of them.
 */
const util: typeof NodeUtil = process.getBuiltinModule("node:util");

export const inspect: typeof util.inspect = util.inspect;
export const types: typeof util.types = util.types;
