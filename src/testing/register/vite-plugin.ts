import type { SourceMapPayload } from "node:module";
import { mayAwait, withAwaitPoints } from "./await-points.js";
import { linesBy } from "./original-lines.js";
import { loadParser, type Parse } from "./parser.js";

/** As much of a Vite plugin as this is. */
export interface AwaitPointsPlugin {
  readonly name: string;
  readonly enforce: "post";
  transform(
    this: TransformContext,
    code: string,
    id: string,
  ): Promise<{ code: string; map: null } | undefined>;
}

interface TransformContext {
  /** From the code as it is now to the file as it was written. */
  getCombinedSourcemap(): unknown;
}

/**
 * What `weftwork/testing/register` does, for Vitest: a plugin that turns each `await` of your modules into a
 * step of explorations. It needs acorn.
 *
 * @example no-run: it is for vitest.config.ts
 * const config = { plugins: [awaitPoints()] };
 */
export function awaitPoints(): AwaitPointsPlugin {
  let parser: Promise<Parse> | undefined;
  return {
    name: "weftwork:await-points",
    enforce: "post",
    async transform(code, id) {
      const file = id.replace(/\?.*$/, "");
      if (!/\.[cm]?[jt]sx?$/.test(file) || file.includes("/node_modules/")) return undefined;
      if (!mayAwait(code)) return undefined;
      // Lines stay where they are, so the map of the steps before still holds.
      const lineOf = linesBy(this.getCombinedSourcemap() as SourceMapPayload);
      const parse = await (parser ??= loadParser());
      return { code: withAwaitPoints(code, parse, lineOf), map: null };
    },
  };
}
