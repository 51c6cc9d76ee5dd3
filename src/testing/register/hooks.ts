import type { LoadHook } from "node:module";
import { loadParser } from "./parser.js";
import { transformed } from "./transform.js";

const parse = await loadParser();

/** Called by Node for each module, in a thread of its own. */
export const load: LoadHook = async (url, context, nextLoad) =>
  transformed(url, await nextLoad(url, context), parse);
