import type { Node, Program } from "acorn";

export type { Node };

/** Which grammar a text is in. */
export type SourceType = "module" | "script";

/** As much of acorn's options as is needed here. */
interface ParseOptions {
  readonly ecmaVersion: "latest";
  readonly sourceType: SourceType;
  readonly allowHashBang: boolean;
  /** The text of a CommonJS module is the body of a function. */
  readonly allowReturnOutsideFunction: boolean;
}

/** Reads a module: acorn's own `parse`, which is an optional peer. */
export type Parse = (source: string, options: ParseOptions) => Program;

/** Loads acorn. */
export async function loadParser(): Promise<Parse> {
  try {
    const { parse } = await import("acorn");
    return parse;
  } catch (error) {
    const way = "npm install --save-dev acorn";
    throw new Error(`turning awaits into steps of an exploration needs acorn: ${way}`, {
      cause: error,
    });
  }
}
