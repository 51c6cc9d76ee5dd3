import * as nodeModule from "node:module";
import type { LoadHook } from "node:module";
import { type Parse, withAwaitPoints } from "./await-points.js";
import { loadParser } from "./parser.js";

/** Of this package, whose own waits are steps already. */
const HERE = import.meta.url.replace(/\/(dist|src)\/testing\/.*$/, "/$1/");

/** Newer than the Node that we are typed for. Blanks stand where types stood: nothing moves. */
const { stripTypeScriptTypes } = nodeModule as {
  stripTypeScriptTypes?: (source: string) => string;
};

let parser: Promise<Parse> | undefined;

/** Called by Node for each module, in a thread of its own. */
export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  const { source } = loaded;
  const typed = loaded.format === "module-typescript";
  if ((loaded.format !== "module" && !typed) || source === undefined || source === null)
    return loaded;
  if (!url.startsWith("file:") || url.includes("/node_modules/") || url.startsWith(HERE))
    return loaded;
  const text = typeof source === "string" ? source : new TextDecoder().decode(source);
  if (!/\bawait\b/.test(text)) return loaded;
  const plain = typed && stripTypeScriptTypes !== undefined ? stripTypeScriptTypes(text) : text;
  const parse = await (parser ??= loadParser());
  return { ...loaded, format: "module", source: withAwaitPoints(plain, parse) };
};
