import * as nodeModule from "node:module";
import type { LoadFnOutput } from "node:module";
import { awaitPointsOf, mayAwait, withInsertions } from "./await-points.js";
import { inlineMap, linesBy, withInlineMap } from "./original-lines.js";
import type { Parse } from "./parser.js";
import { shiftColumns } from "./shift-columns.js";

/** Of this package, whose own waits are steps already. */
const HERE = import.meta.url.replace(/\/(dist|src)\/testing\/.*$/, "/$1/");

/** Newer than the Node that we are typed for. Blanks stand where types stood: nothing moves. */
const { stripTypeScriptTypes } = nodeModule as {
  stripTypeScriptTypes?: (source: string) => string;
};

/** What Node has loaded, with its awaits as steps, if it is a module of the user's that has some. */
export function transformed(url: string, loaded: LoadFnOutput, parse: Parse): LoadFnOutput {
  const { source } = loaded;
  // Node says more formats than its types know.
  const format = String(loaded.format);
  const form = /^(module|commonjs)(-typescript)?$/.exec(format);
  if (form === null || source === undefined || source === null || !isTheUsers(url)) return loaded;
  const text = typeof source === "string" ? source : new TextDecoder().decode(source);
  if (!mayAwait(text)) return loaded;
  const module = form[1] === "module";
  try {
    const plain = form[2] === undefined ? text : withoutTypes(text);
    return {
      ...loaded,
      format: module ? "module" : "commonjs",
      source: changed(plain, parse, module),
    };
  } catch (error) {
    // Should it be wrong, Node will say so, and better.
    process.emitWarning(`the awaits of ${url} are no steps of explorations: ${String(error)}`);
    return loaded;
  }
}

function changed(source: string, parse: Parse, module: boolean): string {
  const map = inlineMap(source);
  const points = awaitPointsOf(source, parse, linesBy(map), module ? "module" : "script");
  const result = withInsertions(source, points);
  if (typeof map?.mappings !== "string") return result; // none, or one that is made of several
  return withInlineMap(result, { ...map, mappings: shiftColumns(map.mappings, source, points) });
}

function isTheUsers(url: string): boolean {
  return url.startsWith("file:") && !url.includes("/node_modules/") && !url.startsWith(HERE);
}

function withoutTypes(source: string): string {
  if (stripTypeScriptTypes === undefined) throw new Error("this Node can't strip types");
  const emitWarning: unknown = Reflect.get(process, "emitWarning");
  // That this function is experimental is a matter between it and us: Node strips types by itself here.
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    Reflect.set(process, "emitWarning", emitWarning);
  }
}
