import type { Parse } from "./await-points.js";

/** Loads acorn, an optional peer. */
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
