/**
 * Turns each `await` of the modules that are loaded after it into a step of explorations:
 * `node --import weftwork/testing/register --test`. Modules of packages stay as they are. It needs acorn.
 *
 * @module
 */
import * as nodeModule from "node:module";
import type { LoadFnOutput } from "node:module";
import { loadParser } from "./parser.js";
import { transformed } from "./transform.js";

type SyncLoad = (
  url: string,
  context: object,
  nextLoad: (url: string, context: object) => LoadFnOutput,
) => LoadFnOutput;

/** Since Node 22.15; for `require` too. Where it is, `register` is on its way out, and Node 26 warns of it. */
const { registerHooks } = nodeModule as { registerHooks?: (hooks: { load: SyncLoad }) => void };

const parse = await loadParser(); // also for `register`: what is missing is said here, not in another thread

if (registerHooks === undefined) nodeModule.register(new URL("hooks.js", import.meta.url));
else
  registerHooks({
    load: (url, context, nextLoad) => transformed(url, nextLoad(url, context), parse),
  });
